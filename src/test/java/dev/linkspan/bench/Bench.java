package dev.linkspan.bench;

import dev.linkspan.testing.TestTls;
import java.security.Security;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conscrypt.OpenSSLProvider;

/**
 * Runs one benchmark, or all: {@code ./linkspan bench NAME [--warm SECONDS] [--seconds SECONDS] [--clients N]
 * [--links N] [--rounds N]}.
 */
public final class Bench {

    private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

    static {
        BENCHMARKS.put("start", new StartBench());
        BENCHMARKS.put("get-link", new GetLinkBench(false));
        BENCHMARKS.put("get-link-new-connections", new GetLinkBench(true));
        BENCHMARKS.put("pending-links", new PendingLinksBench());
        BENCHMARKS.put("link", new LinkBench());
        BENCHMARKS.put("list", new ListBench());
        BENCHMARKS.put("state", new StateBench());
        BENCHMARKS.put("refresh", new RefreshBench());
        BENCHMARKS.put("get-group", new GetGroupBench());
        BENCHMARKS.put("many-identities", new ManyIdentitiesBench());
        BENCHMARKS.put("console", new ConsoleBench());
        BENCHMARKS.put("live", new LiveBench());
    }

    private Bench() {}

    public static void main(String[] args) throws Exception {
        // JSSE looks at all curves it knows when it is used first, and Conscrypt throws at the binary ones.
        TestTls.client(null).createSSLEngine();
        Security.insertProviderAt(new OpenSSLProvider(), 1);
        String name = args.length == 0 ? "" : args[0];
        if (!name.equals("all") && !BENCHMARKS.containsKey(name)) {
            System.out.println("usage: ./linkspan bench all|" + String.join("|", BENCHMARKS.keySet())
                    + " [--warm SECONDS] [--seconds SECONDS] [--clients N] [--links N] [--rounds N]");
            System.exit(name.isEmpty() ? 0 : 2);
        }
        Options options = Options.of(Arrays.asList(args).subList(1, args.length));
        for (Map.Entry<String, Benchmark> benchmark : BENCHMARKS.entrySet()) {
            if (name.equals("all") || name.equals(benchmark.getKey())) {
                System.out.println(benchmark.getKey());
                benchmark.getValue().run(options);
            }
        }
        System.exit(0);
    }
}
