package dev.linkspan.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.Linkspan;
import dev.linkspan.access.Caller;
import dev.linkspan.access.TestCallers;
import dev.linkspan.member.ClusterStart;
import dev.linkspan.problem.Problem;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.FreePort;
import dev.linkspan.testing.HttpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** How operations end, and who waits for them. */
@ResourceLock("server in this process")
class OperationsIT {
    private static final Caller CALLER = TestCallers.local();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Path DATA = Path.of("target", "it", "operations").toAbsolutePath();

    private static ConfigurableApplicationContext context;
    private static Operations operations;
    private static OperationService service;
    private static OperationRepository repository;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                Linkspan.class, "--linkspan.data=" + DATA, "--linkspan.address=127.0.0.1:" + FreePort.next());
        operations = context.getBean(Operations.class);
        service = context.getBean(OperationService.class);
        repository = context.getBean(OperationRepository.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static Operation begin(Consumer<Progress> work) {
        return operations.start(CALLER, NewOperation.on("Testing", 1, "default", "/1.0/x"), work);
    }

    private static Operation ended(Operation begun) {
        return service.await(begun, LONG);
    }

    private static void forLong(Progress progress) {
        Instant end = Instant.now().plus(LONG);
        while (Instant.now().isBefore(end)) {
            progress.checkpoint();
            pause(20);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void taskWhenDoneThenSuccess() {
        Operation begun = begin(progress -> {});
        assertThat(begun.status()).isEqualTo(OperationStatus.RUNNING);
        Operation ended = ended(begun);
        assertThat(ended.status()).isEqualTo(OperationStatus.SUCCESS);
        assertThat(ended.metadata()).isEqualTo(Map.of("entity_url", "/1.0/x"));
        assertThat(ended.updatedAt()).isAfterOrEqualTo(ended.createdAt());
    }

    @Test
    void taskWhenItIsRefusedThenFailureWithItsText() {
        Operation ended = ended(begin(progress -> {
            throw Problem.PROJECT_NOT_FOUND.with();
        }));
        assertThat(ended.status()).isEqualTo(OperationStatus.FAILURE);
        assertThat(ended.error()).isEqualTo("Project not found");
        assertThat(ended.errorCode()).isEqualTo(404);
    }

    @Test
    void taskWhenItBreaksThenFailureWithoutDetails() {
        Operation ended = ended(begin(progress -> {
            throw new IllegalStateException("a test breaks this");
        }));
        assertThat(ended.status()).isEqualTo(OperationStatus.FAILURE);
        assertThat(ended.error()).isEqualTo("Internal Server Error");
    }

    @Test
    void taskWhenCancelledThenEndsAtItsNextCheckpoint() {
        Operation begun = begin(OperationsIT::forLong);
        service.cancel(CALLER, begun.id());
        assertThat(ended(begun).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThatThrownBy(() -> service.cancel(CALLER, begun.id()))
                .hasMessage("Only running operations can be cancelled");
    }

    @Test
    void waitWhenTimeIsOverThenTheOperationAsItIs() {
        Operation begun = begin(OperationsIT::forLong);
        assertThat(service.await(begun, Duration.ofMillis(300)).status()).isEqualTo(OperationStatus.RUNNING);
        service.cancel(CALLER, begun.id());
        ended(begun);
    }

    @Test
    void waitWhenOperationRunsThenTheHeadComesAtOnce() throws IOException {
        CountDownLatch headCame = new CountDownLatch(1);
        Operation begun = begin(progress -> {
            try {
                headCame.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (HttpConnection connection =
                ApiClient.unix(DATA.resolve("unix.socket")).connect()) {
            assertThat(connection.read("GET", "/1.0/operations/" + begun.id() + "/wait", 12))
                    .isEqualTo(12);
        } finally {
            headCame.countDown();
        }
        assertThat(ended(begun).status()).isEqualTo(OperationStatus.SUCCESS);
    }

    private static Operation ofMember(long member, String id) {
        Instant now = Instant.parse("2026-08-22T10:11:12Z");
        Operation operation = new Operation(
                id,
                "task",
                "Testing",
                now,
                now,
                OperationStatus.RUNNING,
                null,
                0,
                Map.of(),
                Map.of(),
                "",
                0,
                "somebody",
                "unix",
                "@");
        repository.insert(operation, member);
        return operation;
    }

    @Test
    void waitWhenAnotherMemberEndsItThenNoticed() {
        Operation begun = ofMember(77, OperationIds.next(Instant.now()));
        Thread.ofPlatform().daemon().start(() -> {
            pause(300);
            repository.end(begun.ended(OperationStatus.SUCCESS, "", 0, Instant.now()));
        });
        assertThat(ended(begun).status()).isEqualTo(OperationStatus.SUCCESS);
    }

    @Test
    void taskWhenItsProcessDiedThenFailureAtTheNextStart() {
        long us = context.getBean(ClusterStart.class).memberId();
        Operation ours = ofMember(us, OperationIds.next(Instant.now()));
        Operation theirs = ofMember(us + 1, OperationIds.next(Instant.now()));
        operations.endLeftOver();
        assertThat(repository.find(ours.id()).orElseThrow().error())
                .isEqualTo("The server was stopped while the operation was running");
        assertThat(repository.find(theirs.id()).orElseThrow().status()).isEqualTo(OperationStatus.RUNNING);
    }

    @Test
    void operationWhenEndedLongAgoThenForgotten() {
        Operation old = ofMember(1, OperationIds.next(Instant.now()));
        repository.end(old.ended(OperationStatus.SUCCESS, "", 0, Instant.now().minus(Duration.ofMinutes(11))));
        Operation recent = ended(begin(progress -> {}));
        operations.forgetOld();
        assertThat(repository.find(old.id())).isEmpty();
        assertThat(repository.find(recent.id())).isPresent();
    }
}
