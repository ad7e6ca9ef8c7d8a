package dev.linkspan.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.web.util.HtmlUtils;

/**
 * The pages of {@code docs/}, as this version has them, to be read where there is no other network. They are open to all: who
 * can't sign in needs them most.
 */
class Documentation extends HttpServlet {
    static final String PATH = "/documentation/";

    /** In the order in which they are listed. */
    static final List<String> PAGES = List.of(
            "link-two-clusters",
            "manage-links",
            "how-links-are-made",
            "administrators",
            "working-together",
            "keyboard",
            "running",
            "clustering",
            "rotate-the-certificate",
            "configuration",
            "inventory",
            "linkspan-api",
            "differences",
            "measuring",
            "words");

    private static final List<String> IMAGES = List.of("link", "links", "map");
    private static final String IMAGE = "images/";
    private static final String FRAME = text("documentation.html");

    private final Parser parser;
    private final HtmlRenderer renderer;

    /** By name; filled when the first one is asked for. */
    private transient Map<String, String> pages;

    Documentation() {
        List<Extension> extensions = List.of(
                TablesExtension.create(), HeadingAnchorExtension.builder().build());
        parser = Parser.builder().extensions(extensions).build();
        renderer = HtmlRenderer.builder()
                .extensions(extensions)
                .attributeProviderFactory(context -> Documentation::adapt)
                .build();
    }

    /** A link to another page's file leads to that page here; what may scroll sideways can be reached by key. */
    private static void adapt(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.computeIfPresent("href", (name, to) -> to.replaceFirst("^([\\w-]+)\\.md(?=#|$)", "$1"));
        }
        if (tag.equals("pre") || tag.equals("table")) {
            attributes.put("tabindex", "0");
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getRequestURI().substring(PATH.length());
        String page = pages().get(name.isEmpty() ? PAGES.getFirst() : name);
        response.setHeader("Cache-Control", "no-cache");
        if (page != null) {
            response.setContentType("text/html;charset=utf-8");
            response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
        } else if (name.startsWith(IMAGE)
                && name.endsWith(".png")
                && IMAGES.contains(name.substring(IMAGE.length(), name.length() - ".png".length()))) {
            response.setContentType("image/png");
            response.getOutputStream().write(bytes("documentation/" + name));
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private synchronized Map<String, String> pages() {
        if (pages == null) {
            Map<String, String> sources = new LinkedHashMap<>();
            PAGES.forEach(name -> sources.put(name, text("documentation/" + name + ".md")));
            pages = sources.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, page -> page(page.getKey(), sources)));
        }
        return pages;
    }

    private String page(String name, Map<String, String> sources) {
        String list = sources.entrySet().stream()
                .map(other -> "<li><a href=\"" + other.getKey() + '"'
                        + (other.getKey().equals(name) ? " aria-current=\"page\"" : "") + '>'
                        + title(other.getValue()) + "</a></li>")
                .collect(Collectors.joining("\n"));
        String source = sources.get(name);
        return FRAME.replace("{title}", title(source))
                .replace("{pages}", list)
                .replace("{content}", renderer.render(parser.parse(source)));
    }

    private static String title(String source) {
        return HtmlUtils.htmlEscape(source.lines().findFirst().orElseThrow().substring("# ".length()));
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream file = Documentation.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
