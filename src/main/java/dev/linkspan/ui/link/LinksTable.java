package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.ContactHour;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Chips;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Rows;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.SelectionColumn;
import dev.linkspan.ui.shared.SortOrder;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The table of links. Columns for which the page is too narrow are hidden: first those of access, then the type. */
class LinksTable extends Grid<LinkLine> {
    private static final int WIDE = 62;
    private static final int MIDDLE = 42;
    private static final String NAME = "name";

    private static final Comparator<LinkLine> BY_NAME =
            Comparator.comparing(LinkLine::name, String.CASE_INSENSITIVE_ORDER).thenComparing(LinkLine::id);
    private static final Map<String, Comparator<LinkLine>> ORDERS = Map.of(
            NAME,
            BY_NAME,
            "status",
            Comparator.<LinkLine, LinkStatus.Part>comparing(line -> LinkStatus.part(line, Instant.now()))
                    .thenComparing(LinksTable::word)
                    .thenComparing(BY_NAME),
            "type",
            Comparator.comparing(LinkLine::type).thenComparing(BY_NAME),
            "contact",
            Comparator.comparing(LinksTable::lastContact, Comparator.nullsLast(Comparator.reverseOrder()))
                    .thenComparing(BY_NAME),
            "groups",
            Comparator.<LinkLine, String>comparing(line -> String.join(" ", line.groups()))
                    .thenComparing(BY_NAME),
            "addresses",
            Comparator.<LinkLine, String>comparing(
                            line -> String.join(" ", line.link().addresses()))
                    .thenComparing(BY_NAME));

    private final Rows<LinkLine> rows = new Rows<>(LinkLine::id, ORDERS);
    private final SortOrder<LinkLine> order;
    private final Map<Long, List<ContactHour>> strips = new HashMap<>();

    /**
     * An empty table.
     *
     * @param hours reads the last hours of links, for all that come into sight at once
     */
    LinksTable(
            Selection<LinkLine> selection,
            Function<List<ClusterLink>, Map<Long, List<ContactHour>>> hours,
            ValueProvider<LinkLine, List<RowAction>> actions) {
        addClassName("ls-two-lines");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("links.table"));
        rows.beforePage(page -> read(page, hours));
        SelectionColumn.add(this, selection, rows, LinkLine::name);
        column(NAME, Cells.twoLines(line -> LinkView.address(line.name()), LinkLine::name, line -> line.link()
                        .description()))
                .setRowHeader(true)
                .setFlexGrow(4)
                .setWidth("8.5rem");
        column("status", Cells.status(LinksTable::status)).setFlexGrow(4).setWidth("10rem");
        Column<LinkLine> type = column("type", Cells.drawing(line -> TypeGlyph.of(line.type()), LinksTable::typeName))
                .setFlexGrow(0)
                .setWidth("9.25rem");
        Column<LinkLine> contact = column("contact", Cells.drawingAbove(this::strip, LinksTable::contact))
                .setFlexGrow(0)
                .setWidth("7.5rem");
        Column<LinkLine> groups = column("groups", Cells.chips(line -> Chips.of(line.groups()), LinksTable::noGroups))
                .setFlexGrow(1)
                .setWidth("8.5rem");
        Column<LinkLine> addresses = column(
                        "addresses", Cells.codes(line -> Chips.of(line.link().addresses()), LinksTable::noAddresses))
                .setFlexGrow(1)
                .setWidth("11rem");
        Cells.actionsColumn(this, "6rem", line -> Texts.of("links.more", line.name()), actions);
        FitColumns.from(type, MIDDLE);
        FitColumns.from(contact, MIDDLE);
        FitColumns.from(groups, WIDE);
        FitColumns.from(addresses, WIDE);
        setDataProvider(rows);
        order = new SortOrder<>(this, NAME);
    }

    private Column<LinkLine> column(String name, Renderer<LinkLine> renderer) {
        return addColumn(renderer).setHeader(Texts.of("links.column." + name)).setSortProperty(name);
    }

    Rows<LinkLine> rows() {
        return rows;
    }

    /** Shows these; what was read of the last hours is read again. */
    void show(List<LinkLine> current) {
        strips.clear();
        rows.show(current);
    }

    private void read(List<LinkLine> page, Function<List<ClusterLink>, Map<Long, List<ContactHour>>> hours) {
        List<ClusterLink> unread = page.stream()
                .filter(line -> line.active() && !strips.containsKey(line.id()))
                .map(LinkLine::link)
                .toList();
        if (!unread.isEmpty()) {
            Map<Long, List<ContactHour>> known = hours.apply(unread);
            unread.forEach(link -> strips.put(link.id(), known.getOrDefault(link.id(), List.of())));
        }
    }

    SortOrder<LinkLine> order() {
        return order;
    }

    private String strip(LinkLine line) {
        return ContactStrip.of(strips.getOrDefault(line.id(), List.of()), Instant.now());
    }

    private static String word(LinkLine line) {
        return line.contact() == null
                ? line.link().phase().name()
                : line.contact().status().name();
    }

    private static Instant lastContact(LinkLine line) {
        return line.contact() == null ? null : line.contact().lastContactAt();
    }

    private static String contact(LinkLine line) {
        Instant last = lastContact(line);
        return last == null
                ? Texts.of("links.contact.none")
                : Times.of(UI.getCurrent()).ago(last);
    }

    private static Status status(LinkLine line) {
        return LinkStatus.of(line, Times.of(UI.getCurrent()));
    }

    private static String typeName(LinkLine line) {
        return Texts.of("link.type." + line.type().wireName());
    }

    private static String noGroups(LinkLine line) {
        return Texts.of(line.grants() ? "links.groups.none" : "links.none-by-nature");
    }

    private static String noAddresses(LinkLine line) {
        if (line.unconfirmed()) {
            return line.link().unconfirmed().address();
        }
        return Texts.of(line.active() ? "links.addresses.none" : "links.addresses.later");
    }
}
