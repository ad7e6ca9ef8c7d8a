package dev.linkspan.ui.link;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.ui.shared.LongName;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Peers under one heading of the map, each with the line that leads to it. A list to whoever doesn't see the lines. */
class MapGroup extends Section {
    private final Span title = new Span();
    private final Span count = new Span();
    private final UnorderedList list = new UnorderedList();
    private final Anchor more = new Anchor();
    private Map<String, Row> rows = Map.of();

    MapGroup() {
        addClassName("ls-map-group");
        count.addClassNames("ls-muted", "ls-number");
        more.getElement().setAttribute("router-link", true);
        more.addClassName("ls-map-more");
        add(new H2(title, count), list, more);
    }

    /** Shows these. Rows that stay keep the focus. */
    void show(LinkMap.Group group) {
        title.setText(group.title());
        count.setText(Texts.of("count", group.all()));
        getElement().setAttribute("aria-label", group.title());
        List<String> keys = group.drawn().stream().map(MapPeer::key).toList();
        if (!keys.equals(List.copyOf(rows.keySet()))) {
            Map<String, Row> wanted = new LinkedHashMap<>();
            keys.forEach(key -> wanted.put(key, rows.getOrDefault(key, new Row())));
            rows = wanted;
            list.removeAll();
            rows.values().forEach(list::add);
        }
        group.drawn().forEach(peer -> rows.get(peer.key()).show(peer));
        more.setVisible(group.more() > 0);
        more.setText(Texts.of("map.more", group.more()));
        more.setHref(group.list());
    }

    private static class Row extends ListItem {
        private final Anchor name = new Anchor();
        private MapPeer shown;

        Row() {
            addClassName("ls-peer");
            name.addClassName("ls-name");
            name.getElement().setAttribute("router-link", true);
        }

        void show(MapPeer peer) {
            if (peer.equals(shown)) {
                return;
            }
            shown = peer;
            LongName.show(name, peer.name());
            name.setHref(peer.address());
            getChildren().filter(part -> part != name).toList().forEach(this::remove);
            if (name.getParent().isEmpty()) {
                add(name);
            }
            addComponentAsFirst(end(peer.status()));
            addComponentAsFirst(drawing(peer.glyph(), "ls-peer-glyph"));
            addComponentAsFirst(drawing(peer.way(), "ls-peer-way"));
            add(detail(peer));
            setClassName("ls-peer " + peer.status().tone().styleName());
            setClassName("alarm", peer.status().alarm());
        }

        private static Span drawing(String svg, String name) {
            Span drawing = new Span(new Svg(svg));
            drawing.addClassName(name);
            return drawing;
        }

        private static Span end(Status status) {
            Span end = new Span(new Symbol(status.symbol()));
            end.addClassName("ls-peer-end");
            return end;
        }

        private static Span detail(MapPeer peer) {
            Span word = new Span(peer.status().word());
            word.addClassName("ls-peer-word");
            Span comma = new Span(", ");
            comma.addClassName("ls-peer-comma");
            Span evidence = new Span(peer.status().evidence());
            evidence.setClassName("partly", peer.status().partly());
            Span detail = new Span(word, comma, evidence);
            detail.addClassName("ls-peer-detail");
            detail.setTitle(peer.why());
            return detail;
        }
    }
}
