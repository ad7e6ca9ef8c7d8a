package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TestCallers;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FetchLimitTest {
    private static final int MOST = 64;

    private final FetchLimit limit = new FetchLimit();

    @Test
    void withinWhenOneCallerHasVeryManyUnderWayThenOnlyThatOneIsRefused() throws InterruptedException {
        Caller busy = TestCallers.withoutRights();
        CountDownLatch begun = new CountDownLatch(MOST);
        CountDownLatch end = new CountDownLatch(1);
        List<Future<Boolean>> underWay = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            underWay.add(AtOnce.begin(() -> limit.within(busy, () -> held(begun, end))));
        }
        begun.await();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> limit.within(busy, () -> true))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(429));
        assertThat(limit.within(TestCallers.local(), () -> true)).isTrue();

        end.countDown();
        assertThat(underWay.stream().map(AtOnce::result)).containsOnly(true);
        assertThat(limit.within(busy, () -> true)).isTrue();
    }

    private static boolean held(CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
