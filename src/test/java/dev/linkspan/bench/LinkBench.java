package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TrustTokenText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Links two servers and unlinks them again, one link after the other; only the linking is timed. */
final class LinkBench implements Benchmark {

    private static final String LINKS = "/1.0/cluster/links";

    @Override
    public void run(Options options) throws IOException {
        int warm = options.rounds(200) / 2;
        int rounds = options.rounds(200);
        try (LinkspanProcess issuer = Servers.fresh("link-a").start();
                LinkspanProcess consumer = Servers.fresh("link-b").start();
                HttpConnection a = issuer.admin().connect();
                HttpConnection b = consumer.admin().connect()) {
            long[] whole = new long[rounds];
            long[] consumed = new long[rounds];
            Stolen stolen = new Stolen();
            for (int i = -warm; i < rounds; i++) {
                long start = System.nanoTime();
                Answer pending = Servers.expect(post(a, "{\"name\":\"to-b\",\"type\":\"bidirectional\"}"));
                String token = TrustTokenText.of(pending.metadata()).encode();
                long issued = System.nanoTime();
                Servers.expect(
                        post(b, "{\"name\":\"to-a\",\"type\":\"bidirectional\",\"trust_token\":\"" + token + "\"}"));
                long end = System.nanoTime();
                if (i >= 0) {
                    whole[i] = end - start;
                    consumed[i] = end - issued;
                }
                Servers.expect(a.send("DELETE", LINKS + "/to-b", null));
                Servers.expect(b.send("DELETE", LINKS + "/to-a", null));
            }
            print("pending link to 201", whole, stolen);
            print("token to 201", consumed, stolen);
        }
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
