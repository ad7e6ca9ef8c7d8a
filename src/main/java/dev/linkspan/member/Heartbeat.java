package dev.linkspan.member;

import dev.linkspan.tls.Ports;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says in this member's row that it lives and how it is reached. When the row says that another process has taken the
 * place, while this one had lost the database, this one stops: two would serve as one.
 */
@Component
class Heartbeat {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final int SECONDS_BETWEEN = 2;

    private final JdbcClient jdbc;
    private final ClusterStart start;
    private final MemberLock lock;
    private final Listening listening;
    private final Ports ports;
    private final ScheduledExecutorService beating = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon().factory());

    Heartbeat(JdbcClient jdbc, ClusterStart start, MemberLock lock, Listening listening, Ports ports) {
        this.jdbc = jdbc;
        this.start = start;
        this.lock = lock;
        this.listening = listening;
        this.ports = ports;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        beating.scheduleWithFixedDelay(this::beat, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    private void beat() {
        try {
            if (!tell()) {
                giveWay();
                return;
            }
            lock.keep();
        } catch (DataAccessException e) {
            log.debug("No heartbeat: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("The heartbeat failed", e);
        }
    }

    private boolean tell() {
        return jdbc.sql("""
                        UPDATE member SET heartbeat_at = UTC_TIMESTAMP(6), addresses = :addresses
                        WHERE id = :id AND process = :process
                        """)
                        .param("addresses", String.join(",", listening.reachable()))
                        .param("id", start.memberId())
                        .param("process", start.process())
                        .update()
                == 1;
    }

    private void giveWay() {
        log.error("Another process has taken this one's place on the database while the connection to it was lost."
                + " This one stops");
        beating.shutdown();
        ports.close();
        Thread.ofPlatform().name("giving-way").start(() -> System.exit(1));
    }

    @PreDestroy
    void stop() {
        beating.shutdownNow();
    }
}
