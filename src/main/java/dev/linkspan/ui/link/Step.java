package dev.linkspan.ui.link;

/**
 * A step of a how-to, as far as this cluster is with it.
 *
 * @param key of its texts
 * @param state how far it is
 * @param evidence what that rests on
 * @param caution whether the evidence itself calls for attention
 * @param action what can be done next; null when it is done elsewhere
 * @param command the same for the stock client; null for none
 * @param there whether the command is for the other cluster
 */
record Step(String key, State state, String evidence, boolean caution, Action action, String command, boolean there) {
    /** Stands in commands for an auth group that whoever runs them has to choose. */
    private static final String GROUP = "GROUP";

    enum State {
        DONE,
        NEXT,
        OPEN
    }

    /**
     * A button of a step.
     *
     * @param refusal why the caller may not do that; null when they may
     */
    record Action(String text, String symbol, String refusal, Runnable run) {
        /** What one sees of it; a new lambda makes no other button. */
        private String seen() {
            return text + symbol + refusal;
        }
    }

    /** The same as the one to do next. */
    Step next() {
        return new Step(key, State.NEXT, evidence, caution, action, command, there);
    }

    /** Whether the command needs an auth group to be chosen. */
    boolean takesGroup() {
        return command != null && command.contains(GROUP);
    }

    boolean looksLike(Step other) {
        return other != null
                && key.equals(other.key)
                && state == other.state
                && evidence.equals(other.evidence)
                && caution == other.caution
                && String.valueOf(command).equals(String.valueOf(other.command))
                && (action == null ? "" : action.seen()).equals(other.action == null ? "" : other.action.seen());
    }
}
