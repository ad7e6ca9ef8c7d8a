package dev.linkspan.ui.link;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Texts;

/** What is said of something that failed in the background. */
final class LinkProblems {
    private LinkProblems() {}

    static String text(RuntimeException problem) {
        return problem instanceof ProblemException known ? known.getMessage() : Texts.of("problem.unknown");
    }
}
