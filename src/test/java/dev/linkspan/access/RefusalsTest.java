package dev.linkspan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Refusals refusals = new Refusals(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static Caller caller(long id) {
        TrustedIdentity identity = new TrustedIdentity(
                id, "tls", "Client certificate", "f" + id, "n" + id, null, null, null, null, Set.of(), null, Set.of());
        return Caller.identity(identity, TrustSnapshot.EMPTY, new Origin("@", null, "", "GET /1.0/x", ""));
    }

    private static EntityReference group(long id) {
        return EntityReference.of(EntityType.GROUP, id);
    }

    @Test
    void addWhenTheSameAgainThenCounted() {
        refusals.add(caller(1), group(5), "can_edit");
        Instant first = now;
        now = now.plusSeconds(10);
        refusals.add(caller(1), group(5), "can_edit");
        assertThat(refusals.recent())
                .containsExactly(new Refusals.Refusal(1, group(5), "can_edit", "GET /1.0/x", 2, first, now));
    }

    @Test
    void addWhenAnHourHasPassedThenForgotten() {
        refusals.add(caller(1), group(5), "can_edit");
        now = now.plus(Duration.ofHours(1)).plusSeconds(1);
        refusals.add(caller(2), group(5), "can_edit");
        assertThat(refusals.recent()).extracting(Refusals.Refusal::identityId).containsExactly(2L);
        refusals.add(caller(1), group(5), "can_edit");
        assertThat(refusals.recent().getFirst().count()).isEqualTo(1);
    }

    @Test
    void addWhenOneCallerIsRefusedOftenThenOnlyItsOwnAreDisplaced() {
        refusals.add(caller(1), group(5), "can_edit");
        for (int i = 0; i < 5_000; i++) {
            refusals.add(caller(2), group(i), "can_view");
        }
        assertThat(refusals.recent()).hasSize(101).anyMatch(refusal -> refusal.identityId() == 1);
        assertThat(refusals.recent())
                .anyMatch(refusal -> refusal.entity().equals(group(4_999)))
                .noneMatch(refusal -> refusal.entity().equals(group(4_899)));
    }

    @Test
    void addWhenVeryManyCallersAreRefusedThenBounded() {
        for (int i = 0; i < 12_000; i++) {
            refusals.add(caller(i), group(1), "can_view");
        }
        assertThat(refusals.recent()).hasSize(10_000).noneMatch(refusal -> refusal.identityId() < 2_000);
    }

    @Test
    void addWhenCallerIsNobodyThenNotKept() {
        refusals.add(TestCallers.untrusted(), group(1), "can_view");
        refusals.add(TestCallers.local(), group(1), "can_view");
        assertThat(refusals.recent()).isEmpty();
    }
}
