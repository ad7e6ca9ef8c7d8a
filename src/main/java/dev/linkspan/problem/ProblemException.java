package dev.linkspan.problem;

/**
 * A refusal that the caller gets to see: an HTTP status and a sentence that is part of the API's contract.
 * Carries no stack trace, since it is an answer and not a fault.
 */
public final class ProblemException extends RuntimeException {
    private final int status;

    public ProblemException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The same problem with {@code prefix} before its text. */
    public ProblemException prefixed(String prefix) {
        return prefixed(status, prefix);
    }

    /** The same problem under another HTTP status, with {@code prefix} before its text. */
    public ProblemException prefixed(int otherStatus, String prefix) {
        return new ProblemException(otherStatus, prefix + getMessage());
    }

    /** Whether this is {@code problem}, whatever its arguments and prefixes. */
    public boolean is(Problem problem) {
        return status == problem.status()
                && getMessage().contains(problem.head())
                && getMessage().endsWith(problem.tail());
    }
}
