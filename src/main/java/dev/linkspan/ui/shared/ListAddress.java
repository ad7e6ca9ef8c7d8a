package dev.linkspan.ui.shared;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NavigationTrigger;
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

    /**
     * The browser is there a moment later: what is pressed meanwhile would be taken back with it, so it waits. The page shows
     * already what the address says then, so nobody needs to be told.
     */
    private static final String GO_BACK = """
            const pressed = [];
            const keep = (event) => {
              event.preventDefault();
              event.stopImmediatePropagation();
              pressed.push(event.composedPath()[0]);
            };
            const there = (event) => {
              event?.stopImmediatePropagation();
              clearTimeout(late);
              window.removeEventListener('click', keep, true);
              window.removeEventListener('popstate', there, true);
              setTimeout(() => pressed.forEach((element) => element.click()));
            };
            const late = setTimeout(there, 1000);
            window.addEventListener('click', keep, true);
            window.addEventListener('popstate', there, true);
            history.go(-$0);""";

    /** Where a panel was asked for that couldn't be shown until now, the browser isn't any more, but Flow believes that it is. */
    private static final String GO_ON = """
            setTimeout(() => {
              const there = new URL($0, document.baseURI);
              if (there.pathname === location.pathname && !new URLSearchParams(location.search).has('panel')) {
                history.pushState(history.state, '', there);
              }
            });""";

    private final Map<String, Supplier<String>> parts = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();
    private String path = "";
    /** How many entries of the browser's history lie between the list and the panel that is open; 0 when that isn't known. */
    private int panels;

    /** Adds what the list is narrowed or sorted by, which has no place in the address while it is empty. */
    public ListAddress with(String parameter, Supplier<String> value) {
        parts.put(parameter, value);
        return this;
    }

    /** Takes note of where one has come to. A link that is followed twice leads there once. */
    public void entered(AfterNavigationEvent event) {
        boolean byLink = event.getLocationChangeEvent().getTrigger() == NavigationTrigger.ROUTER_LINK;
        Map<String, String> before = Map.copyOf(others);
        int openBefore = panels;
        int opened = byLink && !path.isEmpty() ? oneMore() : 0;
        entered(event.getLocation());
        boolean twice = byLink && others.equals(before);
        panels = other(PANEL).isEmpty() ? 0 : twice ? openBefore : opened;
    }

    /** Takes note of where one would have come to. */
    public void entered(Location location) {
        path = location.getPath();
        panels = 0;
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

    /** The same as text, to compare. */
    public String narrowedBy() {
        return query(Map.of()).getQueryString();
    }

    /** Opens the panel that these parameters say, unless it is open: a key may be pressed twice. Going back closes it. */
    public void open(Map<String, String> panel) {
        if (others.equals(panel)) {
            return;
        }
        int opened = oneMore();
        QueryParameters query = query(panel);
        UI.getCurrent().navigate(path, query);
        UI.getCurrent().getPage().executeJs(GO_ON, new Location(path, query).getPathWithQueryParameters());
        panels = opened;
    }

    /** A panel beside one of which that isn't known is none the wiser. */
    private int oneMore() {
        return panels == 0 && !other(PANEL).isEmpty() ? 0 : panels + 1;
    }

    /**
     * Closes the panel. Where it was opened from the list, the browser goes back there, so that going back later doesn't open
     * it again.
     */
    public void close() {
        int steps = panels;
        if (steps == 0) {
            UI.getCurrent().navigate(path, query(Map.of()));
        } else {
            UI ui = UI.getCurrent();
            show(ui, new Location(path, query(Map.of())));
            ui.getPage().executeJs(GO_BACK, steps);
        }
    }

    /** Goes on to another page, which takes the place of the panel that led there. */
    public void leaveFor(Location page) {
        UI ui = UI.getCurrent();
        show(ui, page);
        ui.getPage().getHistory().replaceState(null, page);
    }

    private static void show(UI ui, Location location) {
        ui.getInternals().getRouter().navigate(ui, location, NavigationTrigger.PROGRAMMATIC);
    }

    /**
     * Puts into the address what the list has just been narrowed or sorted by, unless one has gone elsewhere meanwhile: what is
     * typed arrives here a moment later than it was typed.
     */
    public void changed() {
        replace(other(PANEL));
    }

    /** Takes the panel that can't be shown out of the address: it isn't asked for again, and going back doesn't lead there. */
    public void forgetPanel() {
        String panel = other(PANEL);
        others.clear();
        replace(panel);
    }

    /** Gives a parameter another value: what the open panel is about has another name by now. */
    public void rename(String parameter, String value) {
        others.put(parameter, value);
        replace(other(PANEL));
    }

    /** Takes a parameter out of the address that says nothing any more. */
    public void forget(String parameter) {
        others.remove(parameter);
        replace(other(PANEL));
    }

    /** A moment later: a page that is just being opened puts the address there by itself first. */
    private void replace(String panel) {
        panels = 0;
        Location now = new Location(path, query(others));
        UI.getCurrent().getPage().executeJs("""
                        setTimeout(() => {
                          const here = new URLSearchParams(location.search).get('panel') ?? '';
                          if (new URL($0, document.baseURI).pathname === location.pathname && here === $1) {
                            history.replaceState(history.state, '', $2);
                          }
                        });""", path, panel, now.getPathWithQueryParameters());
    }
}
