package dev.linkspan.ui.shared;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The address of a page with a list: what is searched, filtered and sorted by, and which panel is open. It can be kept, sent
 * to somebody, and gone back to.
 */
public class ListAddress {
    /** Parameter of what is searched for. */
    public static final String QUERY = "query";

    /** Parameter of the order. */
    public static final String SORT = "sort";

    /** Parameter of the panel that is open; others beside it say on what. */
    public static final String PANEL = "panel";

    private final Map<String, Supplier<String>> parts = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();
    private String path = "";

    /** Adds what the list is narrowed or sorted by, which has no place in the address while it is empty. */
    public ListAddress with(String parameter, Supplier<String> value) {
        parts.put(parameter, value);
        return this;
    }

    /** Takes note of where one has come to. */
    public void entered(Location location) {
        path = location.getPath();
        others.clear();
        location.getQueryParameters().getParameters().forEach((name, values) -> {
            if (!parts.containsKey(name)) {
                others.put(name, values.getFirst());
            }
        });
    }

    /** A parameter that is none of the list's own; empty when it isn't there. */
    public String other(String parameter) {
        return others.getOrDefault(parameter, "");
    }

    /** What the list is narrowed and sorted by now, with these parameters besides. */
    public QueryParameters query(Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>();
        parts.forEach((name, value) -> {
            String text = value.get();
            if (!text.isBlank()) {
                query.put(name, text);
            }
        });
        query.putAll(more);
        return QueryParameters.simple(query);
    }

    /** Opens the panel that these parameters say. Going back closes it. */
    public void open(Map<String, String> panel) {
        UI.getCurrent().navigate(path, query(panel));
    }

    /** Closes the panel. */
    public void close() {
        open(Map.of());
    }

    /**
     * Puts into the address what the list has just been narrowed or sorted by, unless one has gone elsewhere meanwhile: what is
     * typed arrives here a moment later than it was typed.
     */
    public void changed() {
        Location now = new Location(path, query(others));
        UI.getCurrent().getPage().executeJs("""
                        const here = new URLSearchParams(location.search).get('panel') ?? '';
                        if (new URL($0, document.baseURI).pathname === location.pathname && here === $1) {
                          history.replaceState(history.state, '', $2);
                        }""", path, other(PANEL), now.getPathWithQueryParameters());
    }
}
