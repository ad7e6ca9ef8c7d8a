package dev.linkspan.ui.link;

import dev.linkspan.link.LinkType;

/**
 * The drawing of a link type: our end left, the peer right. An end is filled when it proves itself with a certificate,
 * arrows show who may call whom, dashes mean public.
 */
final class TypeGlyph {
    private static final String FILLED = """
            <rect x="%s" y="3.25" width="5.5" height="5.5" rx="1" fill="currentColor" stroke="currentColor"/>""";
    private static final String HOLLOW = """
            <rect x="%s" y="3.25" width="5.5" height="5.5" rx="1" fill="none" stroke="currentColor"/>""";
    private static final String TO_US = """
            <path d="m11.5 3.5-2.5 2.5 2.5 2.5" fill="none" stroke="currentColor"/>""";
    private static final String TO_PEER = """
            <path d="m18.5 3.5 2.5 2.5-2.5 2.5" fill="none" stroke="currentColor"/>""";
    private static final String LINE = """
            <path d="M9 6h12" stroke="currentColor"/>""";
    private static final String DASHES = """
            <path d="M9 6h12" stroke="currentColor" stroke-dasharray="2.5 2"/>""";
    private static final String OURS = "0.75";
    private static final String PEERS = "23.75";

    /** An arrow towards us: the way a token goes that one was given. */
    static final String RECEIVED = svg(FILLED.formatted(OURS) + LINE + TO_US + FILLED.formatted(PEERS));

    private TypeGlyph() {}

    static String of(LinkType type) {
        return switch (type) {
            case BIDIRECTIONAL -> svg(FILLED.formatted(OURS) + LINE + TO_US + TO_PEER + FILLED.formatted(PEERS));
            case UNIDIRECTIONAL -> svg(FILLED.formatted(OURS) + LINE + TO_PEER + FILLED.formatted(PEERS));
            case PUBLIC -> svg(HOLLOW.formatted(OURS) + DASHES + TO_PEER + FILLED.formatted(PEERS));
        };
    }

    private static String svg(String drawing) {
        return "<svg class=\"ls-glyph\" viewBox=\"0 0 30 12\" stroke-width=\"1.5\" aria-hidden=\"true\">" + drawing
                + "</svg>";
    }
}
