package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.LinkspanProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Very many identities, groups and permissions: what a check costs a caller in 200 groups and one in ten, and how long the
 * list of identities takes.
 */
final class ManyIdentitiesBench implements Benchmark {
    private static final String IDENTITIES = "/1.0/auth/identities";
    private static final String BEARERS = IDENTITIES + "/bearer";
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String LIST = IDENTITIES + "?recursion=1";
    private static final int CLIENTS = 16;
    private static final int GROUP_COUNT = 1_000;
    private static final int LARGEST = 10_000;
    private static final int ALL = 100_000;
    private static final int MANY_GROUPS = 200;
    private static final int TIMES = 5;
    private static final int TEN = 10;
    private static final int WARM_LISTS = 30;
    private static final List<String> ENTITLEMENTS = List.of("can_view", "can_edit", "can_delete");

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        int count = options.links(10_000);
        try (LinkspanProcess server = Servers.fresh("many-identities").start()) {
            ApiClient admin = server.admin();
            SSLContext asAdmin = LoadConnection.context(admin.certificate());
            identities(server, asAdmin, 0, count);
            List<String> urls = urls(server.unix());
            groups(server.unix(), urls);
            ApiClient inMany = server.client(names(MANY_GROUPS));
            ApiClient inTen = server.client(names(TEN));
            ApiClient few = few(server, urls);
            checks(options, server, inMany, inTen, urls.getFirst());
            list("list, admin", admin, options);
            list("list, may see ten", few, options);
            identities(server, asAdmin, count, TIMES * count);
            list("list, admin, " + TIMES + " times as many", admin, options);
            System.out.printf("  resident memory of the JVM   %d MiB%n", Servers.residentMemory(server));
        }
    }

    private static String[] names(int count) {
        String[] names = new String[count];
        Arrays.setAll(names, i -> "group-" + i);
        return names;
    }

    /** Bearer identities with these numbers in their names. */
    static void identities(LinkspanProcess server, SSLContext context, int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        Thread[] threads = new Thread[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            threads[i] = new Thread(() -> {
                try (LoadConnection connection = new LoadConnection(server.address(), context)) {
                    for (int n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                        String body = "{\"type\":\"Client token bearer\",\"name\":\"person-" + n + "\"}";
                        connection.exchange(LoadConnection.request("POST", BEARERS, body, false));
                    }
                } catch (IOException e) {
                    System.out.println("  creating identities failed: " + e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static List<String> urls(ApiClient owner) {
        List<String> urls = new ArrayList<>();
        Servers.expect(owner.get(BEARERS)).metadata().forEach(url -> urls.add(url.asString()));
        return urls;
    }

    /** Group 0 has 10,000 permissions, the others share the rest. */
    private static void groups(ApiClient owner, List<String> urls) {
        int rest = (ALL - LARGEST) / (GROUP_COUNT - 1);
        for (int i = 0; i < GROUP_COUNT; i++) {
            List<Map<String, String>> permissions = new ArrayList<>();
            int wanted = i == 0 ? LARGEST : rest;
            for (int n = 0; n < wanted; n++) {
                String url = urls.get((i * rest + n / ENTITLEMENTS.size()) % urls.size());
                permissions.add(permission(url, ENTITLEMENTS.get(n % ENTITLEMENTS.size())));
            }
            Servers.expect(owner.post(GROUPS, Map.of("name", "group-" + i, "permissions", permissions)));
        }
    }

    private static Map<String, String> permission(String url, String entitlement) {
        return Map.of("entity_type", "identity", "url", url, "entitlement", entitlement);
    }

    private static ApiClient few(LinkspanProcess server, List<String> urls) {
        List<Map<String, String>> permissions = urls.subList(0, TEN).stream()
                .map(url -> permission(url, "can_view"))
                .toList();
        Servers.expect(server.unix().post(GROUPS, Map.of("name", "few", "permissions", permissions)));
        return server.client("few");
    }

    /** The same request by both, in turns; each asks for one identity, which both may see through group 0. */
    private static void checks(
            Options options, LinkspanProcess server, ApiClient inMany, ApiClient inTen, String identity)
            throws InterruptedException {
        byte[] request = LoadConnection.request("GET", identity, null, false);
        int rounds = 3;
        for (int round = 1; round <= rounds; round++) {
            print(options, server, "check, in " + MANY_GROUPS + " groups", inMany, request, round);
            print(options, server, "check, in " + TEN + " groups", inTen, request, round);
        }
    }

    private static void print(
            Options options, LinkspanProcess server, String what, ApiClient caller, byte[] request, int round)
            throws InterruptedException {
        SSLContext context = LoadConnection.context(caller.certificate());
        Load.run(CLIENTS, options.warm(round == 1 ? 30 : 5), options.measured(5), number -> {
                    LoadConnection connection = new LoadConnection(server.address(), context);
                    return () -> connection.exchange(request) == 200;
                })
                .print(what);
    }

    private static void list(String what, ApiClient caller, Options options) throws IOException {
        long[] nanos = new long[options.rounds(10)];
        Answer last = null;
        try (HttpConnection connection = caller.connect()) {
            for (int i = -WARM_LISTS; i < nanos.length; i++) {
                long start = System.nanoTime();
                last = Servers.expect(connection.send("GET", LIST, null));
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(nanos);
        JsonNode listed = JsonMapper.shared().readTree(last.content()).path("metadata");
        System.out.printf(
                Locale.ROOT,
                "  %-28s median %.1f ms   worst %.1f ms   listed %,d   %,d bytes%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                listed.size(),
                last.content().length);
    }
}
