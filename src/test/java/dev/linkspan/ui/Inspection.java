package dev.linkspan.ui;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at screens wide and narrow, light and dark: keeps a picture of each under {@code target/screenshots/screens},
 * lets axe-core examine it, and measures whether something is wider than its room. What it finds it collects.
 */
final class Inspection {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots", "screens");
    private static final String AXE = axe();

    /** Of the rules only that of contrast depends on the colours; the others are asked once for each width. */
    private static final String EXAMINE = """
            async (onlyColours) => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const runOnly = onlyColours
                ? { type: 'rule', values: ['color-contrast'] }
                : { type: 'tag', values: tags };
              const found = await axe.run(document, { runOnly, resultTypes: ['violations'] });
              return found.violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id}: ${node.target.flat(9).join(' > ')} ${node.html.slice(0, 200)} ` +
                  node.any.concat(node.all, node.none).map((check) => check.message).join('; ')));
            }""";

    /** Parts that hide or scroll what is too wide for them. */
    private static final String MEASURE = """
            () => [...document.querySelectorAll('html, .ls-frame, .ls-page, .ls-main, .ls-view, .ls-scroll, .ls-head, ' +
                '.ls-tools, .ls-selection, .ls-panel, .ls-panel-head, .ls-panel-body, .ls-panel-foot, .ls-sheet, ' +
                '.ls-blank, .ls-sign-in, .ls-save, .ls-side, .ls-token-dialog > *')]
              .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1)
              .concat([...document.querySelectorAll('vaadin-grid')].filter((grid) => grid.checkVisibility())
                .map((grid) => grid.shadowRoot.querySelector('#table'))
                .filter((table) => table.scrollWidth > table.clientWidth + 1))
              .map((part) => `too wide: ${part.localName} ${part.className} ${part.scrollWidth} > ${part.clientWidth}`)
            """;

    /** All requests are answered and all rows are there. */
    private static final String QUIET = """
            () => Object.values(window.Vaadin?.Flow?.clients ?? {}).every((client) => !client.isActive?.())
              && ![...document.querySelectorAll('vaadin-grid')].some((grid) => grid.checkVisibility() && grid.loading)""";

    private enum Width {
        WIDE(1440, 900),
        NARROW(390, 844);

        private final int x;
        private final int y;

        Width(int x, int y) {
            this.x = x;
            this.y = y;
        }
    }

    private final List<String> findings = new ArrayList<>();

    /** What was found so far, each with the screen it was found on. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** Inspects what the page shows. */
    void inspect(Page page, String screen) {
        for (Width width : Width.values()) {
            inspect(page, screen, width);
        }
    }

    /** Inspects what the page shows only on a small screen. */
    void inspectNarrow(Page page, String screen) {
        inspect(page, screen, Width.NARROW);
    }

    /** A page as it is before a screen is inspected. */
    static void prepare(Page page) {
        page.setViewportSize(Width.WIDE.x, Width.WIDE.y);
        show(page, ColorScheme.LIGHT);
    }

    static void prepareNarrow(Page page) {
        page.setViewportSize(Width.NARROW.x, Width.NARROW.y);
        show(page, ColorScheme.LIGHT);
    }

    static void waitUntilQuiet(Page page) {
        page.waitForFunction(QUIET);
    }

    private void inspect(Page page, String screen, Width width) {
        page.setViewportSize(width.x, width.y);
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            show(page, colours);
            waitUntilQuiet(page);
            String name = screen + "-" + width.name().toLowerCase() + "-"
                    + colours.name().toLowerCase();
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
            examine(page, colours == ColorScheme.DARK).forEach(finding -> findings.add(name + ": " + finding));
        }
        ((List<?>) page.evaluate(MEASURE)).forEach(finding -> findings.add(screen + " " + width + ": " + finding));
    }

    private static void show(Page page, ColorScheme colours) {
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(colours).setReducedMotion(ReducedMotion.REDUCE));
    }

    private static List<String> examine(Page page, boolean onlyColours) {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.evaluate(AXE);
        }
        return ((List<?>) page.evaluate(EXAMINE, onlyColours))
                .stream().map(Object::toString).toList();
    }

    private static String axe() {
        try (InputStream script = Inspection.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
