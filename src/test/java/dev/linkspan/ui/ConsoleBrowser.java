package dev.linkspan.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ClientCertificate;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The browser as one person uses it: one context, so that all pages share their cookies and the clipboard. */
final class ConsoleBrowser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Takes note of what a page copies. */
    private static final String COPIED = """
            if (navigator.clipboard) {
              const write = navigator.clipboard.writeText.bind(navigator.clipboard);
              navigator.clipboard.writeText = (text) => {
                window.copied = text;
                return write(text);
              };
              const writeItems = navigator.clipboard.write.bind(navigator.clipboard);
              navigator.clipboard.write = (items) => {
                window.copied = items[0].getType('text/plain').then((text) => text.text());
                return writeItems(items);
              };
            }""";

    private final BrowserContext context;
    private final String story;
    private final Set<String> signedIn = new HashSet<>();
    private final int width;
    private final int height;
    private Page spare;
    private int shots;

    private ConsoleBrowser(Browser browser, String story, int width, int height, Browser.NewContextOptions options) {
        this.story = story;
        this.width = width;
        this.height = height;
        context = browser.newContext(options.setViewportSize(width, height)
                .setIgnoreHTTPSErrors(true)
                .setTimezoneId("Europe/Berlin"));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        context.addInitScript(COPIED);
        context.setDefaultTimeout(SharedConsole.PATIENCE_IN_MILLISECONDS);
        context.setDefaultNavigationTimeout(SharedConsole.PATIENCE_IN_MILLISECONDS);
    }

    /** A wide window; its screenshots are kept under the name of what it shows. */
    static ConsoleBrowser wide(String story) {
        return wide(SharedConsole.browser(), story);
    }

    /** The same in another browser than the shared one. */
    static ConsoleBrowser wide(Browser browser, String story) {
        return new ConsoleBrowser(browser, story, 1440, 900, new Browser.NewContextOptions());
    }

    /** A window as small as a phone's. */
    static ConsoleBrowser narrow(String story) {
        return new ConsoleBrowser(SharedConsole.browser(), story, 390, 844, new Browser.NewContextOptions());
    }

    /** A wide window of somebody who has that client certificate for that server. */
    static ConsoleBrowser wideWith(String story, TestCertificate certificate, LinkspanProcess server) {
        ClientCertificate presented = new ClientCertificate("https://" + server.address())
                .setCert(certificate.pem().getBytes(StandardCharsets.US_ASCII))
                .setKey(certificate.keyPem().getBytes(StandardCharsets.US_ASCII));
        return new ConsoleBrowser(
                SharedConsole.browser(),
                story,
                1440,
                900,
                new Browser.NewContextOptions().setClientCertificates(List.of(presented)));
    }

    /** A page that has shown nothing yet of this story. The scripts of an earlier one needn't be read again for it. */
    Page newPage() {
        Page page = spare == null ? context.newPage() : spare;
        spare = null;
        return page;
    }

    /** The start page of that server's console, signed in by a new link the first time. */
    Page signIn(LinkspanProcess server) {
        return open(server, "");
    }

    /** That page of that server's console, signed in by a new link the first time. */
    Page open(LinkspanProcess server, String path) {
        if (signedIn.add(server.address())) {
            String link = signInLink(server);
            context.request()
                    .post(
                            link.substring(0, link.indexOf('?')),
                            RequestOptions.create()
                                    .setForm(FormData.create().set("token", link))
                                    .setMaxRedirects(0))
                    .dispose();
        }
        Page page = newPage();
        page.navigate("https://" + server.address() + "/ui/" + path);
        main(page).waitFor();
        return page;
    }

    /**
     * Goes from one page of the console to another as a link in it does, without loading all anew. Waits first: an address
     * that is still on its way would be taken for the new one.
     */
    static void follow(Page page, String path) {
        Inspection.waitUntilQuiet(page);
        String before = page.url();
        page.evaluate("""
                path => {
                  const link = document.createElement('a');
                  link.href = path;
                  document.body.append(link);
                  link.click();
                  link.remove();
                }""", path);
        page.waitForURL(url -> !url.equals(before));
    }

    /** Closes all pages; who is signed in stays so. */
    void closePages() {
        List<Page> pages = context.pages();
        pages.stream().skip(1).forEach(Page::close);
        if (spare == null && !pages.isEmpty()) {
            spare = cleared(pages.getFirst());
        }
    }

    /** Null when the page was just on its way to somewhere. */
    private Page cleared(Page page) {
        try {
            page.evaluate("sessionStorage.clear()");
            page.unrouteAll();
            page.navigate("about:blank");
        } catch (PlaywrightException e) {
            page.close();
            return null;
        }
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme((ColorScheme) null)
                .setReducedMotion((ReducedMotion) null));
        page.setViewportSize(width, height);
        return page;
    }

    /** A link that nobody has used. */
    static String signInLink(LinkspanProcess server) {
        return server.unix()
                .post("/1.0/linkspan/sign-in-links", Map.of())
                .metadata()
                .path("url")
                .asString();
    }

    /** The content of a page beside the sidebar. */
    static Locator main(Page page) {
        return page.getByRole(AriaRole.MAIN);
    }

    /** What is in the clipboard, which all tests that run now share. */
    String clipboard(Page page) {
        page.bringToFront();
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    /** What this page has copied. */
    String copied(Page page) {
        page.waitForFunction("window.copied !== undefined");
        return (String) page.evaluate("window.copied");
    }

    List<String> cookieNames() {
        return context.cookies().stream().map(cookie -> cookie.name).toList();
    }

    /** Keeps what the page looks like, numbered in the order of the story. */
    void keep(Page page, String name) {
        page.waitForTimeout(300);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(story).resolve("%02d-%s.png".formatted(++shots, name))));
    }

    /** Keeps what the page looks like in a wide and in a narrow window, light and dark; nothing may stand out of it. */
    void keepEverywhere(Page page, String name) {
        for (int width : new int[] {1440, 390}) {
            page.setViewportSize(width, width == 1440 ? 900 : 844);
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String window = width == 1440 ? "-wide-" : "-narrow-";
                keep(page, name + window + scheme.name().toLowerCase(Locale.ROOT));
            }
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("%s fits into %d px", name, width)
                    .isTrue();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(1440, 900);
    }

    @Override
    public void close() {
        context.close();
    }
}
