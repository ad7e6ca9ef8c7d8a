package dev.linkspan.ui;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.router.Location;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.util.HashMap;
import java.util.Map;

/** What a collapsed sidebar has instead of its entries: an icon for each, and one for each group of entries. */
class SidebarRail extends Div {
    private final transient Map<String, HtmlContainer> icons = new HashMap<>();
    private final transient Map<String, String> names = new HashMap<>();

    SidebarRail() {
        addClassName("ls-rail");
    }

    /** An icon that leads where the entry does. */
    void entry(String name, String symbol, String path) {
        add(name, symbol, path, new Anchor(path, ""));
    }

    /** An icon for the entries below that part of the address. */
    void group(String name, String symbol, String part, Runnable choose) {
        NativeButton icon = new NativeButton("", click -> choose.run());
        icon.getElement().setAttribute("type", "button");
        add(name, symbol, part, icon);
    }

    private void add(String name, String symbol, String part, HtmlContainer icon) {
        icon.addClassName("ls-nav-button");
        icon.add(new Symbol(symbol));
        icons.put(part, icon);
        names.put(part, name);
        call(icon, name);
        add(icon);
    }

    /** Marks the icon of entries one of which has something to say; with nothing to say it is an ordinary one again. */
    void attention(String part, String words) {
        HtmlContainer icon = icons.get(part);
        icon.setClassName("ls-wanted", !words.isEmpty());
        call(icon, words.isEmpty() ? names.get(part) : Texts.of("frame.attention", names.get(part), words));
    }

    private static void call(HtmlContainer icon, String name) {
        icon.setTitle(name);
        icon.getElement().setAttribute("aria-label", name);
    }

    /** Marks the icon of the page that is shown. */
    void show(Location location) {
        icons.forEach((part, icon) -> {
            if (part.equals(location.getFirstSegment())) {
                icon.getElement().setAttribute("aria-current", icon instanceof Anchor ? "page" : "true");
            } else {
                icon.getElement().removeAttribute("aria-current");
            }
        });
    }
}
