package dev.linkspan.ui.link;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Texts;
import java.util.regex.Pattern;

/** What is said of something that failed in the background. */
final class LinkProblems {
    /** On the wire the beginning is repeated, as LXD does it, also where a peer's text is quoted. */
    private static final Pattern REPEATED = Pattern.compile("(?<=^|: )([^:]+: )\\1+");

    /** What failed as a whole, which the heading says. */
    private static final Pattern WHOLE = Pattern.compile("^(Failed [^:\"]*(\"[^\"]*\")?: )+(?=\\S)");

    private LinkProblems() {}

    /** Why a link can't be shown. */
    static String ofOpening(ProblemException problem) {
        return problem.status() == 404 ? Texts.of("edit-link.gone") : text(problem);
    }

    /** What went wrong, for below a heading that says what failed. */
    static String text(RuntimeException problem) {
        return problem instanceof ProblemException known
                ? WHOLE.matcher(REPEATED.matcher(known.getMessage()).replaceAll("$1"))
                        .replaceFirst("")
                : Texts.of("problem.unknown");
    }
}
