package dev.linkspan.ui.shared;

/**
 * Something that can be done with a row.
 *
 * @param name tells the actions of a row apart
 * @param quick whether it has a button of its own in the row, instead of a place in the menu
 * @param refusal why it can't be done now; null when it can
 */
public record RowAction(String name, String text, String symbol, boolean quick, String refusal, Runnable action) {
    /** An action in the row's menu. */
    public static RowAction inMenu(String name, String text, String symbol, String refusal, Runnable action) {
        return new RowAction(name, text, symbol, false, refusal, action);
    }

    /** An action with a button of its own. */
    public static RowAction quick(String name, String text, String symbol, String refusal, Runnable action) {
        return new RowAction(name, text, symbol, true, refusal, action);
    }

    boolean allowed(String wanted) {
        return refusal == null && name.equals(wanted);
    }

    Shown shown() {
        return new Shown(name, text, symbol, quick, refusal == null ? "" : refusal);
    }

    /** What the browser gets to know of an action. */
    public record Shown(String name, String text, String symbol, boolean quick, String refusal) {}
}
