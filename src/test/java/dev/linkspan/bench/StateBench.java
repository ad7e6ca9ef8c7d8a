package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TrustTokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks for the state of a link with three addresses, first all alive, then with one that stays silent; then of one with
 * 1,000 addresses of which 100 are silent, and what that costs in memory.
 */
final class StateBench implements Benchmark {
    private static final int ADDRESSES = 1_000;
    private static final int SILENT = 100;

    @Override
    public void run(Options options) {
        try (LinkspanProcess server = Servers.fresh("state").start()) {
            ApiClient admin = server.admin();
            three(admin);
            thousand(server, admin, options);
        }
    }

    private static void three(ApiClient admin) {
        try (ScriptedPeer peer = ScriptedPeer.start("peer")) {
            peer.addAddress();
            PeerAddress third = peer.addAddress();
            Servers.expect(peer.consume("three", pending(admin, "three")));
            print("three live addresses", admin, "three");
            third.stall();
            print("one without a handshake", admin, "three");
            third.fallSilent();
            print("one without an answer", admin, "three");
        }
    }

    private static void thousand(LinkspanProcess server, ApiClient admin, Options options) {
        try (ScriptedPeer peer = ScriptedPeer.start("peer")) {
            PeerAddress live = peer.addEverywhere();
            PeerAddress silent = peer.addEverywhere();
            List<String> addresses = new ArrayList<>(live.ofLoopback(ADDRESSES - SILENT));
            addresses.addAll(silent.ofLoopback(SILENT));
            Servers.expect(peer.consume("thousand", pending(admin, "thousand"), addresses));
            print("1,000 live addresses", admin, "thousand");
            silent.fallSilent();
            for (int i = 0; i < options.rounds(10); i++) {
                print("100 of 1,000 silent", admin, "thousand");
                System.out.printf(Locale.ROOT, "  %-28s %d MiB resident%n", "", Servers.residentMemory(server));
            }
        }
    }

    private static TrustTokenText pending(ApiClient admin, String name) {
        return TrustTokenText.of(
                Servers.expect(admin.post("/1.0/cluster/links", Map.of("name", name, "type", "bidirectional")))
                        .metadata());
    }

    private static void print(String what, ApiClient admin, String link) {
        long start = System.nanoTime();
        Answer state = Servers.expect(admin.get("/1.0/cluster/links/" + link + "/state"));
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Integer> statuses = new TreeMap<>();
        state.metadata()
                .path("cluster_link_members")
                .forEach(member -> statuses.merge(member.path("status").asString(), 1, Integer::sum));
        System.out.printf(Locale.ROOT, "  %-28s %.2f s  %s%n", what, seconds, statuses);
    }
}
