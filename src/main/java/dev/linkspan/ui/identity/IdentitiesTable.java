package dev.linkspan.ui.identity;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Chips;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.LongName;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Rows;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.SelectionColumn;
import dev.linkspan.ui.shared.SortOrder;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The table of identities. Columns for which the page is too narrow are hidden. */
class IdentitiesTable extends Grid<IdentityOverview> {
    private static final int WIDE = 62;
    private static final int BESIDE_PANEL = 48;
    private static final int MIDDLE = 42;
    private static final String NAME =
            """
            <span class="ls-row ls-named">
              %s
              %s
              ${item.you ? html`<span class="ls-chip">${item.you}</span>` : ''}
            </span>""".formatted(Symbol.inCell("${item.symbol}", "ls-muted"), LongName.link("${item.address}"));

    private static final Comparator<IdentityOverview> BY_NAME = IdentityOverview.BY_NAME;
    private static final Comparator<IdentityOverview> BY_EXPIRY =
            Comparator.comparing(IdentityOverview::expiresAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));
    private static final Map<String, Comparator<IdentityOverview>> ORDERS = Map.of(
            "name", BY_NAME,
            "id", Comparator.comparing(IdentityWords::identifier).thenComparing(BY_NAME),
            "type", Comparator.comparing(IdentityOverview::type).thenComparing(BY_NAME),
            "expires", BY_EXPIRY.thenComparing(BY_NAME),
            "groups",
                    Comparator.<IdentityOverview, String>comparing(identity -> String.join(" ", identity.groups()))
                            .thenComparing(BY_NAME));

    private final SortOrder<IdentityOverview> order;
    private final Rows<IdentityOverview> rows = new Rows<>(IdentityOverview::id, ORDERS);

    IdentitiesTable(
            Supplier<Caller> me,
            Selection<IdentityOverview> selection,
            ValueProvider<IdentityOverview, String> address,
            ValueProvider<IdentityOverview, List<RowAction>> actions) {
        addClassName("ls-one-line");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("identities.table"));
        SelectionColumn.add(this, selection, rows, IdentityOverview::name);
        addColumn(LongName.with(LitRenderer.<IdentityOverview>of(NAME), IdentityOverview::name)
                        .withProperty("symbol", IdentityWords::symbol)
                        .withProperty("address", address)
                        .withProperty("you", row -> me.get().is(row.id()) ? Texts.of("identity.you") : ""))
                .setHeader(Texts.of("identities.column.name"))
                .setRowHeader(true)
                .setFlexGrow(3)
                .setWidth("10.5rem")
                .setSortProperty("name");
        Column<IdentityOverview> id = addColumn(Cells.code(IdentityWords::identifier, identity -> !identity.pending()))
                .setHeader(Texts.of("identities.column.id"))
                .setFlexGrow(0)
                .setWidth("9rem")
                .setSortProperty("id");
        Column<IdentityOverview> type = addColumn(Cells.line(IdentityOverview::type))
                .setHeader(Texts.of("identities.column.type"))
                .setFlexGrow(0)
                .setWidth("14.25rem")
                .setSortProperty("type");
        addColumn(Cells.word(row -> IdentityWords.expiry(row, Times.of(UI.getCurrent()))))
                .setHeader(Texts.of("identities.column.expires"))
                .setFlexGrow(0)
                .setWidth("8.25rem")
                .setSortProperty("expires");
        Column<IdentityOverview> groups = addColumn(
                        Cells.chips(row -> Chips.of(row.groups()), IdentitiesTable::noGroups))
                .setHeader(Texts.of("identities.column.groups"))
                .setFlexGrow(1)
                .setWidth("8.5rem")
                .setSortProperty("groups");
        Cells.actionsColumn(this, "5.5rem", row -> Texts.of("identities.more", row.name()), actions);
        FitColumns.from(id, WIDE);
        FitColumns.from(type, MIDDLE);
        FitColumns.from(groups, BESIDE_PANEL);
        setDataProvider(rows);
        order = new SortOrder<>(this, "name");
    }

    SortOrder<IdentityOverview> order() {
        return order;
    }

    Rows<IdentityOverview> rows() {
        return rows;
    }

    private static String noGroups(IdentityOverview identity) {
        return Texts.of(identity.fineGrained() ? "identities.groups.none" : "identities.groups.full-access");
    }
}
