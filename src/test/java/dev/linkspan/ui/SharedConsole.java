package dev.linkspan.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.linkspan.testing.LinkspanProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One Chromium and one server for all browser tests. They stop after the last one. */
final class SharedConsole implements BeforeAllCallback {
    static final double PATIENCE_IN_MILLISECONDS = 30_000;
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static volatile Chromium chromium;
    private static volatile ExtensionContext.Store store;

    /** Closed by JUnit at the end of the run. */
    private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        store = context.getRoot().getStore(Namespace.create(SharedConsole.class));
        chromium = store.computeIfAbsent(Chromium.class, key -> launch(), Chromium.class);
    }

    private static Chromium launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_IN_MILLISECONDS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
        return new Chromium(playwright, browser);
    }

    static Browser browser() {
        return chromium.browser();
    }

    /** A server on which each test class touches only what it has made itself. */
    static LinkspanProcess server() {
        return store.computeIfAbsent(
                LinkspanProcess.class, key -> LinkspanProcess.start("berlin"), LinkspanProcess.class);
    }
}
