package dev.linkspan.ui.shared;

/** What a colour says. Never without a shape and a word. */
public enum Tone {
    NEUTRAL("neutral"),
    POSITIVE("positive"),
    CAUTION("caution"),
    NEGATIVE("negative");

    private final String styleName;

    Tone(String styleName) {
        this.styleName = styleName;
    }

    /** The class name that the theme knows it by. */
    public String styleName() {
        return styleName;
    }
}
