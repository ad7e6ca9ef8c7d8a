package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.Linkspan;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.FreePort;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists and permissions with tens of thousands of instances: complete, and without a query per row. */
@ResourceLock("server in this process")
class InventoryScaleIT {
    private static final int INSTANCES = 20_000;
    private static final int PERMISSIONS = 10_000;
    private static final int FEW_STATEMENTS = 100;
    /** The members ask for the version of trust all the time. */
    private static final int IDLE_STATEMENTS_PER_SECOND = 40;

    private static final Duration SOON = Duration.ofSeconds(60);

    private static ConfigurableApplicationContext context;
    private static JdbcClient jdbc;
    private static ApiClient unix;
    private static ApiClient member;

    @BeforeAll
    static void start() {
        Path data = Path.of("target", "it", "scale").toAbsolutePath();
        String address = "127.0.0.1:" + FreePort.next();
        context = SpringApplication.run(Linkspan.class, "--linkspan.data=" + data, "--linkspan.address=" + address);
        jdbc = context.getBean(JdbcClient.class);
        unix = ApiClient.unix(data.resolve("unix.socket"));
        jdbc.sql("DELETE FROM instance").update();
        jdbc.sql("DELETE FROM permission WHERE entity_type = 'instance'").update();
        jdbc.sql("""
                INSERT INTO instance (project_id, name, type, architecture, description, config, devices, profiles,
                  ephemeral, stateful, created_at)
                SELECT 1, CONCAT('i', seq), 'CONTAINER', 'x86_64', '', '{"user.n":"1"}', '{}', '["default"]', 0, 0,
                  UTC_TIMESTAMP(6)
                FROM seq_1_to_%d
                """.formatted(INSTANCES)).update();
        TestCertificate certificate = TestCertificates.client("member");
        unix.delete("/1.0/auth/groups/many");
        assertThat(unix.post("/1.0/auth/groups", Map.of("name", "many")).status())
                .isEqualTo(201);
        assertThat(unix.post(
                                "/1.0/auth/identities/tls",
                                Map.of(
                                        "name",
                                        "member-" + certificate.fingerprint(),
                                        "certificate",
                                        certificate.pem(),
                                        "groups",
                                        List.of("many")))
                        .status())
                .isEqualTo(201);
        member = ApiClient.https(address).as(certificate);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** Sends a request that must take few statements and little time. */
    private static Answer quick(Supplier<Answer> request) {
        Instant begin = Instant.now();
        long before = statements();
        Answer answer = request.get();
        long statements = statements() - before;
        Duration taken = Duration.between(begin, Instant.now());
        assertThat(statements).isLessThan(FEW_STATEMENTS + IDLE_STATEMENTS_PER_SECOND * (1 + taken.toSeconds()));
        assertThat(taken).isLessThan(SOON);
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private static long statements() {
        return jdbc.sql("SHOW GLOBAL STATUS LIKE 'Questions'")
                .query((row, n) -> row.getLong(2))
                .single();
    }

    @Test
    void listsWhenTensOfThousandsThenCompleteWithFewStatements() {
        List<Map<String, String>> permissions = new ArrayList<>();
        permissions.add(Map.of("entity_type", "project", "url", "/1.0/projects/default", "entitlement", "can_view"));
        for (int i = 1; i < PERMISSIONS; i++) {
            permissions.add(
                    Map.of("entity_type", "instance", "url", "/1.0/instances/i" + i, "entitlement", "can_view"));
        }
        quick(() -> unix.put("/1.0/auth/groups/many", Map.of("permissions", permissions)));
        assertThat(quick(() -> unix.get("/1.0/auth/groups/many"))
                        .metadata()
                        .path("permissions")
                        .size())
                .isEqualTo(PERMISSIONS);
        assertThat(quick(() -> unix.get("/1.0/instances")).metadata().size()).isEqualTo(INSTANCES);
        assertThat(quick(() -> unix.get("/1.0/instances?recursion=2"))
                        .metadata()
                        .size())
                .isEqualTo(INSTANCES);
        assertThat(quick(() -> member.get("/1.0/instances")).metadata().size()).isEqualTo(PERMISSIONS - 1);
        assertThat(quick(() -> member.get("/1.0/instances?recursion=2"))
                        .metadata()
                        .size())
                .isEqualTo(PERMISSIONS - 1);
        assertThat(quick(() -> member.get("/1.0/instances?recursion=1&filter=name%20eq%20i77"))
                        .metadata()
                        .size())
                .isEqualTo(1);
        assertThat(quick(() -> unix.get("/1.0/auth/permissions?recursion=1&entity-type=instance"))
                        .metadata()
                        .size())
                .isEqualTo(12 * INSTANCES);
        assertThat(quick(() -> unix.get("/1.0/auth/permissions?project=default"))
                        .metadata()
                        .size())
                .isEqualTo(12 * INSTANCES);
        assertThat(quick(() -> unix.get("/1.0/projects?recursion=1"))
                        .metadata()
                        .get(0)
                        .path("used_by")
                        .size())
                .isEqualTo(INSTANCES);
    }
}
