package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Asks the peers of 1,000 links for their addresses, all at the same time: first all answer, then every tenth is silent.
 * How long that takes, how many calls the peers see at once, and what it costs in memory.
 */
final class RefreshBench implements Benchmark {
    private static final String CONTACTS = "/1.0/linkspan/contacts";
    private static final int CLIENTS = 8;
    private static final int SILENT = 10;
    private static final int LONGEST_SECONDS = 600;
    /** How far away the peers are. */
    private static final Duration AWAY = Duration.ofMillis(50);

    /** How many calls are under way at all peers together. */
    private static final class Calls {
        private final AtomicInteger now = new AtomicInteger();
        private final LongAccumulator most = new LongAccumulator(Long::max, 0);

        Fault counting(Fault answer) {
            return exchange -> {
                most.accumulate(now.incrementAndGet());
                try {
                    exchange.pause(AWAY);
                    answer.answer(exchange);
                } finally {
                    now.decrementAndGet();
                }
            };
        }
    }

    @Override
    public void run(Options options) throws InterruptedException {
        int links = options.links(1_000);
        List<ScriptedPeer> peers = new ArrayList<>();
        try (LinkspanProcess server = Servers.fresh("refresh").start()) {
            ApiClient admin = server.admin();
            IntStream.range(0, links).forEach(i -> peers.add(ScriptedPeer.start("peer-" + i)));
            link(admin, peers);
            Calls calls = new Calls();
            for (ScriptedPeer peer : peers) {
                peer.clustered();
                peer.on("GET", "/1.0").always(calls.counting(Fault.none()));
                peer.on("GET", "/1.0/cluster/members").always(calls.counting(Fault.none()));
            }
            measure("all answer", server, admin, calls, links, 0);
            for (int i = 0; i < links; i += SILENT) {
                peers.get(i).behave();
                peers.get(i).on("GET", "/1.0").always(calls.counting(Fault.silence()));
            }
            measure("every tenth is silent", server, admin, calls, links, (links + SILENT - 1) / SILENT);
        } finally {
            peers.forEach(ScriptedPeer::close);
        }
    }

    private static void link(ApiClient admin, List<ScriptedPeer> peers) {
        List<Future<Answer>> made = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            peers.forEach(peer -> made.add(clients.submit(() -> link(admin, peer))));
        }
        made.forEach(AtOnce::result);
    }

    private static Answer link(ApiClient admin, ScriptedPeer peer) {
        Map<String, Object> pending = Map.of("name", peer.name(), "type", "bidirectional");
        Answer issued = Servers.expect(admin.post("/1.0/cluster/links", pending));
        return Servers.expect(peer.consume(peer.name(), TrustTokenText.of(issued.metadata())));
    }

    private static void measure(
            String what, LinkspanProcess server, ApiClient admin, Calls calls, int links, int silent)
            throws InterruptedException {
        while (count(admin.get(CONTACTS).metadata(), "checked_at") < links) {
            Thread.sleep(500);
        }
        calls.most.reset();
        long memory = Servers.residentMemory(server);
        long peak = memory;
        long start = System.nanoTime();
        Servers.expect(admin.post(CONTACTS + "/refresh", null));
        long refreshed = 0;
        long unreachable = 0;
        while (refreshed + unreachable < links || unreachable < silent) {
            Thread.sleep(100);
            JsonNode contacts = admin.get(CONTACTS).metadata();
            refreshed = count(contacts, "refreshed_at");
            unreachable = StreamSupport.stream(contacts.spliterator(), false)
                    .filter(contact -> contact.path("status").asString("").equals("unreachable"))
                    .count();
            peak = Math.max(peak, Servers.residentMemory(server));
            if (System.nanoTime() - start > LONGEST_SECONDS * 1e9) {
                break;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  %-28s %.1f s   refreshed %,d   silent %,d   of %,d   at most %,d calls at once   %d MiB before, %d"
                        + " MiB at most%n",
                what,
                (System.nanoTime() - start) / 1e9,
                refreshed,
                unreachable,
                links,
                calls.most.get(),
                memory,
                peak);
    }

    private static long count(JsonNode contacts, String field) {
        return StreamSupport.stream(contacts.spliterator(), false)
                .filter(contact -> contact.has(field))
                .count();
    }
}
