package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TrustTokenText;
import java.util.Locale;
import java.util.Map;

/** Asks for the state of a link with three addresses, first all alive, then with one that stays silent. */
final class StateBench implements Benchmark {

    @Override
    public void run(Options options) {
        try (LinkspanProcess server = Servers.fresh("state").start();
                ScriptedPeer peer = ScriptedPeer.start("peer")) {
            peer.addAddress();
            PeerAddress third = peer.addAddress();
            ApiClient admin = server.admin();
            TrustTokenText token = TrustTokenText.of(
                    Servers.expect(admin.post("/1.0/cluster/links", Map.of("name", "bench", "type", "bidirectional")))
                            .metadata());
            Servers.expect(peer.consume("bench", token));
            print("three live addresses", admin);
            third.stall();
            print("one without a handshake", admin);
            third.fallSilent();
            print("one without an answer", admin);
        }
    }

    private static void print(String what, ApiClient admin) {
        long start = System.nanoTime();
        Answer state = Servers.expect(admin.get("/1.0/cluster/links/bench/state"));
        double seconds = (System.nanoTime() - start) / 1e9;
        StringBuilder statuses = new StringBuilder();
        state.metadata().path("cluster_link_members").forEach(member -> statuses.append(' ')
                .append(member.path("status").asString()));
        System.out.printf(Locale.ROOT, "  %-28s %.2f s  %s%n", what, seconds, statuses);
    }
}
