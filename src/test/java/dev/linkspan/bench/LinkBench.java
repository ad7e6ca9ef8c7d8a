package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TrustTokenText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Links two servers and unlinks them again, one link after the other; only the linking is timed. Two JVMs that share two
 * cores with their databases compile for minutes; the warm-up is as long as that figure took to settle.
 */
final class LinkBench implements Benchmark {

    private static final String LINKS = "/1.0/cluster/links";

    @Override
    public void run(Options options) throws IOException {
        long[] whole = new long[options.rounds(200)];
        long[] consumed = new long[whole.length];
        try (LinkspanProcess issuer = Servers.fresh("link-a").start();
                LinkspanProcess consumer = Servers.fresh("link-b").start();
                HttpConnection a = issuer.admin().connect();
                HttpConnection b = consumer.admin().connect()) {
            long warm = System.nanoTime() + options.warm(120).toNanos();
            while (System.nanoTime() < warm) {
                link(a, b);
            }
            Stolen stolen = new Stolen();
            for (int i = 0; i < whole.length; i++) {
                long[] nanos = link(a, b);
                whole[i] = nanos[0];
                consumed[i] = nanos[1];
            }
            print("pending link to 201", whole, stolen);
            print("token to 201", consumed, stolen);
        }
    }

    /** One round: how long it took in all, and from the token on. */
    private static long[] link(HttpConnection a, HttpConnection b) throws IOException {
        long start = System.nanoTime();
        Answer pending = Servers.expect(post(a, "{\"name\":\"to-b\",\"type\":\"bidirectional\"}"));
        String token = TrustTokenText.of(pending.metadata()).encode();
        long issued = System.nanoTime();
        Servers.expect(post(b, "{\"name\":\"to-a\",\"type\":\"bidirectional\",\"trust_token\":\"" + token + "\"}"));
        long end = System.nanoTime();
        Servers.expect(a.send("DELETE", LINKS + "/to-b", null));
        Servers.expect(b.send("DELETE", LINKS + "/to-a", null));
        return new long[] {end - start, end - issued};
    }

    private static Answer post(HttpConnection connection, String body) throws IOException {
        return connection.send("POST", LINKS, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void print(String what, long[] nanos, Stolen stolen) {
        double seconds = 0;
        for (long each : nanos) {
            seconds += each / 1e9;
        }
        Figures.of(nanos, seconds, 0, stolen.share()).print(what);
    }
}
