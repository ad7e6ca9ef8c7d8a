package dev.linkspan.ui.shared;

/** Words of a command line as a shell takes them. */
public final class CommandLine {
    private CommandLine() {}

    /** A word, in quotation marks where it needs them. */
    public static String word(String word) {
        return word.matches("[A-Za-z0-9._-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
