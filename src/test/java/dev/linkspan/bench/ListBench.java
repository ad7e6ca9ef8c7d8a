package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.LinkspanProcess;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Lists very many links with all their fields. */
final class ListBench implements Benchmark {

    private static final String LIST = "/1.0/cluster/links?recursion=1";
    private static final int CLIENTS = 16;

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        int links = options.links(10_000);
        try (LinkspanProcess server = Servers.fresh("list").start()) {
            ApiClient admin = server.admin();
            create(server, LoadConnection.context(admin.certificate()), links);
            print("HTTPS", admin, options, links);
            print("Unix socket", server.unix(), options, links);
        }
    }

    /** Pending links with these numbers in their names. */
    static void create(LinkspanProcess server, SSLContext context, int links) throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        Thread[] threads = new Thread[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            threads[i] = new Thread(() -> {
                try (LoadConnection connection = new LoadConnection(server.address(), context)) {
                    for (int n = count.incrementAndGet(); n <= links; n = count.incrementAndGet()) {
                        String body = "{\"name\":\"link-" + n + "\",\"type\":\"bidirectional\",\"description\":"
                                + "\"Number " + n + "\",\"config\":{\"user.note\":\"x\"}}";
                        connection.exchange(LoadConnection.request("POST", "/1.0/cluster/links", body, false));
                    }
                } catch (IOException e) {
                    System.out.println("  creating links failed: " + e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void print(String what, ApiClient client, Options options, int links) throws IOException {
        long[] nanos = new long[options.rounds(10)];
        Answer last = null;
        try (HttpConnection connection = client.connect()) {
            for (int i = -30; i < nanos.length; i++) {
                long start = System.nanoTime();
                last = connection.send("GET", LIST, null);
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "  %-28s median %.1f ms   worst %.1f ms   listed %,d of %,d   %,d bytes%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                last.metadata().size(),
                links,
                last.content().length);
    }
}
