package dev.linkspan.event;

import java.util.Set;

/**
 * Which events a caller may see: the rules of the events socket (auth.md 1.9), for many events at once.
 *
 * @param server those of security and of no project
 * @param allProjects those of all projects
 * @param projects names of the others whose events the caller may see
 * @param protocol how the caller authenticated: what somebody did in a project they always see
 */
record Sight(boolean server, boolean allProjects, Set<String> projects, String protocol, String username) {
    boolean everything() {
        return server && allProjects;
    }
}
