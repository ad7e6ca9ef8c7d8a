package dev.linkspan.ui.shared;

import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does the same with each of many identities. One that fails doesn't keep the others from it. */
public final class EachIdentity {
    private EachIdentity() {}

    /** How it went: one failure for each identity with which it didn't. */
    public record Outcome(int all, List<Failure> failures) {
        /** What failed, with the first reason. */
        public String sentence() {
            Failure first = failures.getFirst();
            return all == 1
                    ? first.reason()
                    : Texts.of("identities.some-failed", failures.size(), all, first.name(), first.reason());
        }
    }

    /** What failed with an identity, and why. */
    public record Failure(String name, String reason) {}

    /** Does it with each, one after the other. */
    public static Outcome of(List<IdentityOverview> identities, Consumer<IdentityOverview> action) {
        List<Failure> failures = new ArrayList<>();
        for (IdentityOverview identity : identities) {
            try {
                action.accept(identity);
            } catch (ProblemException e) {
                failures.add(new Failure(identity.name(), e.getMessage()));
            }
        }
        return new Outcome(identities.size(), failures);
    }
}
