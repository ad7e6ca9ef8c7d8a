package dev.linkspan.ui;

import com.vaadin.flow.server.communication.IndexHtmlRequestListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import dev.linkspan.ui.shared.Logo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a page shows and loads before its scripts run: our name where the frame will have it, and all scripts of the start at
 * once. Each of them would otherwise be asked for by the one before it.
 */
class FirstPaint implements IndexHtmlRequestListener {
    private static final String WEBAPP = "META-INF/VAADIN/webapp/";
    private static final String BUILD = "VAADIN/build/";
    private static final Pattern ENTRY = Pattern.compile("src=\"\\./VAADIN/build/(indexhtml-[\\w-]+\\.js)\"");

    /** The first line of the entry script lists all that it loads, now and later. */
    private static final Pattern PART = Pattern.compile("\"\\./([\\w-]+\\.js)\"");

    private final Set<String> scripts = scripts();

    @Override
    public void modifyIndexHtmlResponse(IndexHtmlResponse response) {
        Document page = response.getDocument();
        for (String script : scripts) {
            Element link = page.head().appendElement("link");
            link.attr("rel", "modulepreload").attr("href", "./" + BUILD + script);
        }
        Element first = page.body().prependElement("div");
        first.addClass("ls-first-paint").attr("aria-hidden", "true").html(Logo.MARKUP);
    }

    private static Set<String> scripts() {
        Set<String> found = new LinkedHashSet<>();
        Matcher entry = ENTRY.matcher(read("index.html"));
        if (entry.find()) {
            String parts = read(BUILD + entry.group(1)).lines().findFirst().orElse("");
            PART.matcher(parts).results().map(match -> match.group(1)).forEach(found::add);
        }
        return found;
    }

    private static String read(String name) {
        try (InputStream file = FirstPaint.class.getClassLoader().getResourceAsStream(WEBAPP + name)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
