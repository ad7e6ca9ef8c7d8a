package dev.linkspan.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.linkspan.testing.InstalledChromium;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.SharedDatabase;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * Two members and an open Links page at one of them: from the answer to a change by the API until the page shows it, when the
 * change is made at the same member and when it is made at the other.
 */
final class LiveBench implements Benchmark {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final int WARM = 10;

    /** Notes the time at which the text is in the page for the first time. */
    private static final String WATCH = """
            (text) => {
              const look = () => document.querySelector('main')?.textContent.includes(text);
              window.seen = new Promise((shown) => {
                const watching = new MutationObserver(() => {
                  if (look()) {
                    watching.disconnect();
                    shown(Date.now());
                  }
                });
                watching.observe(document.body, { childList: true, subtree: true, characterData: true });
              });
            }""";

    @Override
    public void run(Options options) {
        try (SharedDatabase database = SharedDatabase.start("bench-live");
                LinkspanProcess ours = member("live-ours", database)) {
            Servers.expect(ours.unix().put("/1.0/cluster", Map.of("server_name", "ours", "enabled", true)));
            try (LinkspanProcess theirs = member("live-theirs", database);
                    InstalledChromium chromium = InstalledChromium.start();
                    BrowserContext context =
                            chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
                Page page = context.newPage();
                page.navigate(ours.signInLink());
                page.locator("main h1").waitFor();
                page.navigate("https://" + ours.address() + "/ui/cluster/links");
                page.locator("main h1").waitFor();
                measure(page, theirs, WARM, "warm");
                print("changed at the same member", measure(page, ours, options.rounds(30), "same"));
                print("changed at another member", measure(page, theirs, options.rounds(30), "other"));
            }
        }
    }

    private static LinkspanProcess member(String name, SharedDatabase database) {
        return Servers.fresh(name)
                .environment("LINKSPAN_DATABASE_URL", database.url())
                .environment("LINKSPAN_KEY", KEY)
                .start();
    }

    private static Figures measure(Page page, LinkspanProcess where, int rounds, String prefix) {
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            String name = prefix + "-" + i;
            page.evaluate(WATCH, name);
            Servers.expect(where.unix().post("/1.0/cluster/links", Map.of("name", name, "type", "bidirectional")));
            long answered = System.currentTimeMillis();
            long seen = ((Number) page.evaluate("window.seen")).longValue();
            nanos[i] = Math.max(0, seen - answered) * 1_000_000;
            Servers.expect(where.unix().delete("/1.0/cluster/links/" + name));
            page.waitForTimeout(700);
        }
        return Figures.of(nanos, Double.NaN, 0, 0);
    }

    private static void print(String what, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "  %-28s median %.0f ms   p95 %.0f ms   longest %.0f ms   n %d%n",
                what,
                figures.millis(0.5),
                figures.millis(0.95),
                figures.millis(1),
                figures.nanos().length);
    }
}
