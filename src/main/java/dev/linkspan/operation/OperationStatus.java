package dev.linkspan.operation;

import java.util.Arrays;

/** How far an operation has come (auth.md 1.8). */
public enum OperationStatus {
    RUNNING(103, "Running"),
    CANCELLING(104, "Cancelling"),
    SUCCESS(200, "Success"),
    FAILURE(400, "Failure"),
    CANCELLED(401, "Cancelled");

    private static final int FIRST_FINAL = 200;

    private final int code;
    private final String text;

    OperationStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** The name in the API, for example {@code Running}. */
    public String text() {
        return text;
    }

    /** Whether nothing will change any more. */
    public boolean isFinal() {
        return code >= FIRST_FINAL;
    }

    static OperationStatus ofCode(int code) {
        return Arrays.stream(values())
                .filter(status -> status.code == code)
                .findFirst()
                .orElseThrow();
    }
}
