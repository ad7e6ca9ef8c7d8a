package dev.linkspan.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.linkspan.testing.InstalledChromium;
import dev.linkspan.testing.LinkspanProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One Chromium and one server for all browser tests. They stop after the last one. */
final class SharedConsole implements BeforeAllCallback {
    static final double PATIENCE_IN_MILLISECONDS = 30_000;

    private static volatile InstalledChromium chromium;
    private static volatile ExtensionContext.Store store;

    @Override
    public void beforeAll(ExtensionContext context) {
        store = context.getRoot().getStore(Namespace.create(SharedConsole.class));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_IN_MILLISECONDS);
        chromium = store.computeIfAbsent(
                InstalledChromium.class, key -> InstalledChromium.start(), InstalledChromium.class);
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
