package dev.linkspan.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.Linkspan;
import dev.linkspan.testing.FreePort;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which events are forgotten. */
@ResourceLock("server in this process")
class OldEventsIT {
    private static ConfigurableApplicationContext context;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                Linkspan.class,
                "--linkspan.data="
                        + Path.of("target", "it", "old-events-" + System.nanoTime())
                                .toAbsolutePath(),
                "--linkspan.address=127.0.0.1:" + FreePort.next());
        jdbc = context.getBean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static void happened(String source, Duration ago) {
        jdbc.sql("""
                        INSERT INTO event (at, kind, action, source, requestor_username, requestor_protocol, requestor_address)
                        VALUES (:at, 'lifecycle', 'tested', :source, '', '', '')
                        """)
                .param("at", Timestamp.from(Instant.now().minus(ago)))
                .param("source", source)
                .update();
    }

    private static List<String> kept() {
        return jdbc.sql("SELECT source FROM event WHERE action = 'tested' ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void eventsWhenOldOrTooManyThenForgotten() {
        happened("over a year", OldEvents.KEPT.plusMinutes(1));
        happened("not yet a year", OldEvents.KEPT.minusMinutes(1));
        happened("today", Duration.ZERO);
        context.getBean(OldEvents.class).run();
        assertThat(kept()).containsExactly("not yet a year", "today");

        happened("third", Duration.ZERO);
        context.getBean(OldEvents.class).forget(2);
        assertThat(kept()).containsExactly("today", "third");
    }
}
