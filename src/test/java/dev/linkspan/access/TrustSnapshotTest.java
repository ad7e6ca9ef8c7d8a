package dev.linkspan.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.access.TrustSnapshot.Group;
import dev.linkspan.access.TrustSnapshot.ProviderGroup;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustSnapshotTest {
    private static final Grant OWN = new Grant(1, 10);
    private static final Grant MAPPED = new Grant(2, 20);

    private static TrustedIdentity user(String... providerGroups) {
        return new TrustedIdentity(
                7,
                "oidc",
                "OIDC client",
                "jane@example.com",
                "Jane",
                null,
                null,
                null,
                null,
                Set.of(1L),
                null,
                Set.of(providerGroups));
    }

    private static TrustSnapshot snapshot(TrustedIdentity user) {
        return TrustSnapshot.EMPTY
                .withGroup(1, new Group("own", Set.of(OWN)))
                .withGroup(2, new Group("mapped", Set.of(MAPPED)))
                .with(user);
    }

    @Test
    void subjectWhenProviderGroupIsMappedThenItsGroupsCount() {
        TrustedIdentity jane = user("sales", "unmapped");
        TrustSnapshot snapshot = snapshot(jane);
        assertThat(snapshot.subject(jane).grants()).containsExactly(OWN);

        TrustSnapshot mapped = snapshot.withProviderGroup(5, new ProviderGroup("sales", Set.of(2L)));
        assertThat(mapped.subject(jane).grants()).containsExactlyInAnyOrder(OWN, MAPPED);
        assertThat(mapped.subject(jane).groupIds()).containsExactlyInAnyOrder(1L, 2L);

        TrustSnapshot renamed = mapped.withProviderGroup(5, new ProviderGroup("marketing", Set.of(2L)));
        assertThat(renamed.subject(jane).grants()).containsExactly(OWN);
        assertThat(mapped.withoutProviderGroup(5).subject(jane).grants()).containsExactly(OWN);
        assertThat(mapped.withoutGroup(2).subject(jane).grants()).containsExactly(OWN);
    }

    @Test
    void providerGroupWhenTwoSwapNamesThenEachLeadsToItsOwn() {
        TrustedIdentity jane = user("a");
        TrustSnapshot before = snapshot(jane)
                .withProviderGroup(5, new ProviderGroup("a", Set.of()))
                .withProviderGroup(6, new ProviderGroup("b", Set.of(2L)));
        TrustSnapshot swapped = before.withProviderGroup(6, new ProviderGroup("a", Set.of(2L)))
                .withProviderGroup(5, new ProviderGroup("b", Set.of()));
        assertThat(swapped.subject(jane).grants()).contains(MAPPED);
    }

    @Test
    void identityWhenItHasNoCertificateThenFoundByIdentifier() {
        TrustedIdentity jane = user();
        TrustSnapshot snapshot = snapshot(jane);
        assertThat(snapshot.byIdentifier("oidc", "jane@example.com")).contains(jane);
        assertThat(snapshot.byIdentifier("bearer", "jane@example.com")).isEmpty();
        assertThat(snapshot.withoutIdentity(7).byIdentifier("oidc", "jane@example.com"))
                .isEmpty();
    }
}
