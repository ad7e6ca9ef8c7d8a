package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What goes over the wire until a page is there, what browsers may keep of it, and what is drawn before all has arrived. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class WireIT {
    private static final long MOST_BYTES = 400_000;

    private static final Pattern FILE = Pattern.compile("/ui/VAADIN/(build|static)/|/themes/|/components/");

    @Test
    void theLinksPageIsLightAndItsFilesAreKept() {
        SharedConsole.server()
                .unix()
                .post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "wired", "auth_groups", List.of()));
        try (ConsoleBrowser browser = ConsoleBrowser.wide("wire")) {
            Page page = browser.newPage();
            CDPSession network = page.context().newCDPSession(page);
            Map<String, String> addresses = new HashMap<>();
            Map<String, Long> bytes = new TreeMap<>();
            List<Response> files = new ArrayList<>();
            network.send("Network.enable");
            network.on(
                    "Network.requestWillBeSent",
                    (JsonObject event) -> addresses.put(
                            event.get("requestId").getAsString(),
                            event.getAsJsonObject("request").get("url").getAsString()));
            network.on(
                    "Network.loadingFinished",
                    (JsonObject event) -> bytes.merge(
                            addresses.getOrDefault(event.get("requestId").getAsString(), ""),
                            event.get("encodedDataLength").getAsLong(),
                            Long::sum));
            page.onResponse(response -> {
                if (FILE.matcher(response.url()).find()) {
                    files.add(response);
                }
            });
            page.navigate(ConsoleBrowser.signInLink(SharedConsole.server()));
            assertThat(Look.row(page, "wired")).isVisible();
            page.waitForLoadState(LoadState.NETWORKIDLE);
            SharedConsole.server().unix().delete("/1.0/cluster/links/wired");
            assertThat(bytes.values().stream().mapToLong(Long::longValue).sum())
                    .as("%s", bytes)
                    .isBetween(50_000L, MOST_BYTES);
            assertThat(files).hasSizeGreaterThan(5).allSatisfy(file -> {
                Map<String, String> headers = file.headers();
                assertThat(headers.get("cache-control")).as(file.url()).contains("immutable");
                assertThat(file.url()).as("versioned").containsPattern("/build/|[?&]v(-c)?=");
                if (Long.parseLong(headers.getOrDefault("content-length", "0")) > 4_096
                        || !headers.containsKey("content-length")) {
                    assertThat(headers.get("content-encoding")).as(file.url()).isIn("br", "gzip");
                }
            });
        }
    }

    @Test
    void aPageSaysWhoseItIsBeforeItsScriptsRunAndAsksForAllOfThemAtOnce() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("first-paint")) {
            Page page = browser.newPage();
            Set<String> scripts = ConcurrentHashMap.newKeySet();
            page.onResponse(response -> {
                if (response.url().contains("/VAADIN/build/")) {
                    scripts.add(response.url());
                }
            });
            page.navigate(ConsoleBrowser.signInLink(SharedConsole.server()));
            ConsoleBrowser.main(page).waitFor();
            assertThat(page.locator(".ls-first-paint")).isHidden();
            List<?> early = (List<?>)
                    page.evaluate("[...document.querySelectorAll('link[rel=modulepreload]')].map(link => link.href)");
            assertThat(scripts).hasSizeBetween(3, 5).allSatisfy(script -> assertThat(script)
                    .satisfiesAnyOf(address -> assertThat(address).contains("/indexhtml-"), address -> assertThat(
                                    early.contains(address))
                            .as(address)
                            .isTrue()));
            page.route(url -> url.contains("/VAADIN/build/"), Route::abort);
            page.reload();
            assertThat(page.locator(".ls-first-paint .ls-word")).isVisible();
            browser.keep(page, "before-the-scripts");
        }
    }

    @Test
    void whatTheServerSendsIsPutIntoThePageOnce() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("once")) {
            Page page = browser.signIn(SharedConsole.server());
            page.addInitScript("""
                    window.moved = [];
                    new MutationObserver((changes) => changes.flatMap((change) => [...change.removedNodes])
                        .filter((node) => node.localName?.startsWith('flow-container'))
                        .forEach((node) => window.moved.push(node.localName)))
                      .observe(document, { childList: true, subtree: true });""");
            page.reload();
            ConsoleBrowser.main(page).waitFor();
            assertThat(page.locator("#outlet > *")).hasCount(1);
            assertThat(page.evaluate("window.moved")).isEqualTo(List.of());
            assertThat(page.evaluate("""
                    performance.getEntriesByType('resource').find((entry) => entry.name.includes('/static/push/'))
                      .initiatorType""")).as("asked for early").isEqualTo("link");
            assertThat(page.evaluate("""
                    performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/static/push/'))
                      .slice(1).filter((entry) => entry.transferSize > 0).length"""))
                    .as("and no second time from the server later")
                    .isEqualTo(0);
        }
    }

    @Test
    void aPageHasTheColoursThatWereChosenBeforeItsScriptsAreThere() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("theme")) {
            Page page = browser.signIn(SharedConsole.server());
            Look.button(page, "Theme: follows the system").click();
            Look.button(page, "Theme: light").click();
            assertThat(Look.button(page, "Theme: dark")).isVisible();
            page.route(url -> url.contains("/VAADIN/build/"), Route::abort);
            page.reload();
            assertThat(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))
                    .isEqualTo("dark");
        }
    }
}
