package dev.linkspan.bench;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.linkspan.testing.InstalledChromium;
import dev.linkspan.testing.LinkspanProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import javax.net.ssl.SSLContext;

/**
 * The console with very many links and identities in a real browser that has nothing in its cache: what comes over the wire
 * until the page is there and how long that takes, a click, a search, and scrolling.
 */
final class ConsoleBench implements Benchmark {
    private static final int WARM = 12;
    private static final int ROUNDS = 5;
    private static final String ROWS = """
            (rows) => {
              const grid = document.querySelector('main vaadin-grid');
              return grid?.size >= rows && grid.querySelector('a.ls-name') != null;
            }""";
    private static final String CLICK = """
            (button) => new Promise((answered) => {
              const begin = performance.now();
              const seen = new MutationObserver(() => {
                if (document.querySelector('.ls-panel')) {
                  seen.disconnect();
                  requestAnimationFrame(() => answered(performance.now() - begin));
                }
              });
              seen.observe(document.body, { childList: true, subtree: true });
              button.click();
            })""";
    private static final String SEARCH = """
            (words) => new Promise((answered) => {
              const begin = performance.now();
              const grid = document.querySelector('main vaadin-grid');
              const field = document.querySelector('.ls-search');
              field.value = words;
              field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
              const look = () => grid.size === 1 && grid.querySelector(`a[title="${words}"]`)
                ? answered(performance.now() - begin) : requestAnimationFrame(look);
              look();
            })""";
    private static final String SCROLL = """
            () => new Promise((done) => {
              const table = document.querySelector('main vaadin-grid').$.table;
              const frames = [];
              let last = performance.now();
              const begin = last;
              const step = (now) => {
                frames.push(now - last);
                last = now;
                table.scrollTop += 120;
                if (now - begin < 4000) {
                  requestAnimationFrame(step);
                } else {
                  done(frames);
                }
              };
              requestAnimationFrame(step);
            })""";
    private static final String TO_THE_END = """
            () => new Promise((there) => {
              const grid = document.querySelector('main vaadin-grid');
              const begin = performance.now();
              grid.scrollToIndex(grid.size - 1);
              const look = () => grid._lastVisibleIndex === grid.size - 1 && !grid.loading
                ? there(performance.now() - begin) : requestAnimationFrame(look);
              requestAnimationFrame(look);
            })""";

    /** A page with a list. */
    private record Subject(String path, int rows, String one) {}

    /** What came of opening it once, in milliseconds. */
    private record Visit(
            long bytes, double paint, double ready, double click, double search, double[] frames, double end) {}

    @Override
    public void run(Options options) throws InterruptedException {
        int count = options.links(10_000);
        try (LinkspanProcess server = Servers.fresh("console").start();
                InstalledChromium chromium = InstalledChromium.start()) {
            Browser browser = chromium.browser();
            SSLContext admin = LoadConnection.context(server.admin().certificate());
            List<Cookie> signedIn = signIn(browser, server);
            ListBench.create(server, admin, count);
            ManyIdentitiesBench.identities(server, admin, 0, count);
            for (Subject subject : List.of(
                    new Subject("cluster/server", count, "link-" + (count - 1)),
                    new Subject("permissions/identities", count, "person-" + (count - 1)))) {
                List<Visit> visits = new ArrayList<>();
                for (int round = -WARM; round < options.rounds(ROUNDS); round++) {
                    Visit visit = visit(browser, server.address(), signedIn, subject);
                    if (round >= 0) {
                        visits.add(visit);
                    }
                }
                print(subject, visits);
            }
            System.out.printf("  resident memory of the JVM   %d MiB%n", Servers.residentMemory(server));
        }
    }

    private static BrowserContext context(Browser browser, List<Cookie> cookies) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setViewportSize(1440, 900));
        context.setDefaultTimeout(120_000);
        context.addCookies(cookies);
        return context;
    }

    private static List<Cookie> signIn(Browser browser, LinkspanProcess server) {
        try (BrowserContext context = context(browser, List.of())) {
            Page page = context.newPage();
            page.navigate(server.signInLink());
            page.locator("main h1").waitFor();
            return context.cookies().stream()
                    .filter(cookie -> cookie.name.contains("linkspan_session_"))
                    .map(cookie -> new Cookie(cookie.name, cookie.value).setUrl("https://" + server.address()))
                    .toList();
        }
    }

    /** With an empty cache: each visit is in a new context. */
    private static Visit visit(Browser browser, String address, List<Cookie> signedIn, Subject subject) {
        try (BrowserContext context = context(browser, signedIn)) {
            Page page = context.newPage();
            AtomicLong arrived = new AtomicLong();
            CDPSession network = context.newCDPSession(page);
            network.send("Network.enable");
            network.on(
                    "Network.loadingFinished",
                    (JsonObject event) ->
                            arrived.addAndGet(event.get("encodedDataLength").getAsLong()));
            open(page, address, subject);
            double ready = number(page.evaluate("performance.now()"));
            page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
            double paint = number(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            long bytes = arrived.get();
            double[] frames = numbers(page.evaluate(SCROLL));
            double end = number(page.evaluate(TO_THE_END));
            double click = number(page.locator("main vaadin-button")
                    .filter(new Locator.FilterOptions().setHasText("Create"))
                    .first()
                    .evaluate(CLICK));
            open(page, address, subject);
            double search = number(page.evaluate(SEARCH, subject.one()));
            return new Visit(bytes, paint, ready, click, search, frames, end);
        }
    }

    private static void open(Page page, String address, Subject subject) {
        page.navigate("https://" + address + "/ui/" + subject.path());
        page.waitForFunction(ROWS, subject.rows());
    }

    private static void print(Subject subject, List<Visit> visits) {
        double[] frames = visits.stream()
                .flatMapToDouble(visit -> Arrays.stream(visit.frames()))
                .sorted()
                .toArray();
        System.out.printf(Locale.ROOT, "  %s, %,d rows%n", subject.path(), subject.rows());
        System.out.printf(
                Locale.ROOT,
                "    on the wire, empty cache   %,d bytes%n",
                visits.stream().mapToLong(Visit::bytes).max().orElse(0));
        print("first paint", visits, Visit::paint);
        print("rows there, can be used", visits, Visit::ready);
        print("a click opens a panel", visits, Visit::click);
        print("search shows its one row", visits, Visit::search);
        print("jump to the last row", visits, Visit::end);
        System.out.printf(
                Locale.ROOT,
                "    scrolling: frames          median %.0f ms   p99 %.0f ms   longest %.0f ms%n",
                frames[frames.length / 2],
                frames[frames.length * 99 / 100],
                frames[frames.length - 1]);
    }

    private static void print(String what, List<Visit> visits, ToDoubleFunction<Visit> millis) {
        double[] sorted = visits.stream().mapToDouble(millis).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "    %-26s median %.0f ms   worst %.0f ms%n",
                what,
                sorted[sorted.length / 2],
                sorted[sorted.length - 1]);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(ConsoleBench::number).toArray();
    }
}
