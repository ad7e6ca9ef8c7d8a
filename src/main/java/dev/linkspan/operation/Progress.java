package dev.linkspan.operation;

/** What a task knows of its own operation. */
public interface Progress {
    /** The operation's id. */
    String id();

    /** Ends the task here, by throwing, when somebody has asked to cancel it. */
    void checkpoint();
}
