package dev.linkspan.store;

/** Stops the start. The message is one sentence for the person who started the server; no stack trace is shown. */
public final class StartupProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupProblem(String sentence) {
        super(sentence);
    }

    public StartupProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
