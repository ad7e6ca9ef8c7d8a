package dev.linkspan.ui.shared;

/**
 * A state with its evidence: the word never stands alone.
 *
 * @param symbol icon, one per state, so that the state can be told without colour
 * @param tone what the state means for the reader
 * @param word the state's name
 * @param evidence why or since when
 * @param partly whether the evidence itself calls for attention
 * @param alarm whether somebody has to look before anything else goes on: the word stands on a filled badge
 */
public record Status(String symbol, Tone tone, String word, String evidence, boolean partly, boolean alarm) {
    public Status(String symbol, Tone tone, String word, String evidence, boolean partly) {
        this(symbol, tone, word, evidence, partly, false);
    }

    public Status(String symbol, Tone tone, String word, String evidence) {
        this(symbol, tone, word, evidence, false);
    }
}
