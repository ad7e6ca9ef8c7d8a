package dev.linkspan.ui.link;

import dev.linkspan.link.LinkType;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;

/** What the other cluster's refusal of a token says of the type that the token is for. */
final class OtherType {
    private OtherType() {}

    /** The type to choose instead of the one that was tried; null when the problem is another one. */
    static LinkType of(LinkType tried, RuntimeException problem) {
        if (!(problem instanceof ProblemException refused)) {
            return null;
        }
        return switch (tried) {
            // The identity that the token belongs to has no link there.
            case BIDIRECTIONAL -> refused.is(Problem.LINK_NOT_FOUND) ? LinkType.UNIDIRECTIONAL : null;
            // A Linkspan says this of the token of a link; so it does of one that was used.
            case UNIDIRECTIONAL -> refused.is(Problem.TOKEN_UNKNOWN) ? LinkType.BIDIRECTIONAL : null;
            case PUBLIC -> null;
        };
    }
}
