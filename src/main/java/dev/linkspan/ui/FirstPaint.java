package dev.linkspan.ui;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.Version;
import com.vaadin.flow.server.communication.IndexHtmlRequestListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import com.vaadin.flow.shared.ApplicationConstants;
import dev.linkspan.ui.shared.Assets;
import dev.linkspan.ui.shared.Logo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/**
 * What a page shows and loads before its scripts run: our name where the frame will have it, and all scripts of the start at
 * once. Each of them would otherwise be asked for by the one before it.
 */
class FirstPaint implements IndexHtmlRequestListener {
    private static final String WEBAPP = "META-INF/VAADIN/webapp/";
    private static final String BUILD = "VAADIN/build/";
    private static final Pattern ENTRY = Pattern.compile("src=\"\\./VAADIN/build/(indexhtml-[\\w-]+\\.js)\"");

    /** The entry script names the others that each page needs. */
    private static final Pattern PART = Pattern.compile("[\"`]\\./([\\w-]+\\.js)[\"`]");

    private static final String PUSH = ApplicationConstants.VAADIN_PUSH_JS + "?v=" + Version.getBuildHash();

    private final Set<String> scripts = scripts();

    /** They define elements, which any page may hold. */
    private final List<String> ours = Stream.of("keys", "place", "connection", "fit-columns", "row-actions")
            .map(name -> "/" + Assets.versioned("components/" + name + ".js"))
            .toList();

    @Override
    public void modifyIndexHtmlResponse(IndexHtmlResponse response) {
        Element head = response.getDocument().head();
        Set<String> known = Set.copyOf(head.select("link[rel=modulepreload]").eachAttr("href"));
        scripts.stream()
                .map(script -> "./" + BUILD + script)
                .filter(script -> !known.contains(script))
                .forEach(script ->
                        head.appendElement("link").attr("rel", "modulepreload").attr("href", script));
        head.appendElement("link").attr("rel", "preload").attr("as", "script").attr("href", "./" + PUSH);
        ours.forEach(
                script -> head.appendElement("script").attr("type", "module").attr("src", script));
        Element body = response.getDocument().body();
        body.prependElement("div")
                .addClass("ls-first-paint")
                .attr("aria-hidden", "true")
                .html(Logo.MARKUP);
        addContainer(body, response.getVaadinRequest());
    }

    /** Flow looks for this element, and would else make it outside of the router's outlet and move it there later. */
    private static void addContainer(Element body, VaadinRequest request) {
        String id = request.getService().getMainDivId(VaadinSession.getCurrent(), request);
        body.getElementById("outlet")
                .appendElement("flow-container-" + id.toLowerCase(Locale.ROOT))
                .id(id);
    }

    private static Set<String> scripts() {
        Set<String> found = new LinkedHashSet<>();
        Matcher entry = ENTRY.matcher(read("index.html"));
        if (entry.find()) {
            String text = read(BUILD + entry.group(1));
            PART.matcher(text).results().map(match -> match.group(1)).forEach(found::add);
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
