package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Chips;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of links. Columns for which the page is too narrow are hidden: first those of access, then the type. */
class LinksTable extends Grid<LinkOverview> {
    private static final int WIDE = 62;
    private static final int MIDDLE = 42;

    private final List<LinkOverview> links = new ArrayList<>();
    private final ListDataProvider<LinkOverview> rows = new ListDataProvider<>(links) {
        @Override
        public Object getId(LinkOverview row) {
            return row.link().id();
        }
    };
    private final LinkStates states;

    LinksTable(LinkStates states, ValueProvider<LinkOverview, List<RowAction>> actions) {
        this.states = states;
        addClassName("ls-two-lines");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("links.table"));
        Column<LinkOverview> name = addColumn(Cells.twoLines(
                        row -> row.link().name(), row -> row.link().description()))
                .setHeader(Texts.of("links.column.name"))
                .setRowHeader(true)
                .setFlexGrow(3)
                .setWidth("9rem")
                .setComparator(Comparator.comparing(row -> row.link().name().toLowerCase(Locale.ROOT)));
        addColumn(Cells.status(this::status))
                .setHeader(Texts.of("links.column.status"))
                .setFlexGrow(2)
                .setWidth("9rem");
        Column<LinkOverview> type = addColumn(
                        Cells.drawing(row -> TypeGlyph.of(row.link().type()), LinksTable::typeName))
                .setHeader(Texts.of("links.column.type"))
                .setFlexGrow(0)
                .setWidth("8.5rem")
                .setComparator(row -> row.link().type());
        Column<LinkOverview> groups = addColumn(
                        Cells.chips(row -> Chips.of(row.groups()), row -> Texts.of("links.groups.none")))
                .setHeader(Texts.of("links.column.groups"))
                .setFlexGrow(1)
                .setWidth("9rem");
        Column<LinkOverview> addresses = addColumn(
                        Cells.codes(row -> Chips.of(row.link().addresses()), LinksTable::noAddresses))
                .setHeader(Texts.of("links.column.addresses"))
                .setFlexGrow(2)
                .setWidth("12rem");
        Cells.actionsColumn(
                this, "4.25rem", row -> Texts.of("links.more", row.link().name()), actions);
        FitColumns.from(type, MIDDLE);
        FitColumns.from(groups, WIDE);
        FitColumns.from(addresses, WIDE);
        setDataProvider(rows);
        sort(List.of(new GridSortOrder<>(name, SortDirection.ASCENDING)));
    }

    void show(List<LinkOverview> current) {
        links.clear();
        links.addAll(current);
        rows.refreshAll();
    }

    /** Draws the rows anew: times have passed, and what was asked is asked again. */
    void tick() {
        rows.refreshAll();
    }

    void stateChanged(long link) {
        links.stream().filter(row -> row.link().id() == link).findFirst().ifPresent(rows::refreshItem);
    }

    /** Shows the links that match and says how many these are. */
    int search(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        rows.setFilter(
                row -> texts(row).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted)));
        return rows.size(new Query<>());
    }

    private static Stream<String> texts(LinkOverview row) {
        return Stream.of(
                        Stream.of(row.link().name(), row.link().description()),
                        row.link().addresses().stream(),
                        row.groups().stream())
                .flatMap(stream -> stream);
    }

    private Status status(LinkOverview row) {
        return LinkStatus.of(row, states.of(row.link()), Times.of(UI.getCurrent()));
    }

    private static String typeName(LinkOverview row) {
        return Texts.of("link.type." + row.link().type().wireName());
    }

    private static String noAddresses(LinkOverview row) {
        return row.link().phase() == LinkPhase.ACTIVE
                ? Texts.of("links.addresses.none")
                : Texts.of("links.addresses.later");
    }
}
