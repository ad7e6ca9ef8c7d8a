package dev.linkspan.member;

import dev.linkspan.problem.Problem;

/** Enabling or disabling clustering. Checks the name. */
public record EnableCluster(String serverName, boolean enabled) {
    private static final int LONGEST_NAME = 255;

    /** @throws dev.linkspan.problem.ProblemException 400 when the name can't be used */
    public EnableCluster {
        serverName = serverName == null ? "" : serverName;
        if (!enabled && !serverName.isEmpty()) {
            throw Problem.SERVER_NAME_NOT_EMPTY.with();
        }
        if (enabled && serverName.isBlank()) {
            throw Problem.SERVER_NAME_REQUIRED.with();
        }
        if (serverName.startsWith("@")) {
            throw Problem.SERVER_NAME_AT.with();
        }
        if (serverName.equals("none")) {
            throw Problem.SERVER_NAME_NONE.with();
        }
        if (serverName.contains("/")) {
            throw Problem.SERVER_NAME_SLASH.with();
        }
        if (serverName.length() > LONGEST_NAME) {
            throw Problem.SERVER_NAME_LONG.with();
        }
    }
}
