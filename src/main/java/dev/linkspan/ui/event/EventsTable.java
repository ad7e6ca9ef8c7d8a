package dev.linkspan.ui.event;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.event.RecordedEvent;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.util.function.Supplier;

/** The table of events, latest first. Columns for which the page is too narrow are hidden. */
class EventsTable extends Grid<RecordedEvent> {
    private static final int WIDE = 62;
    private static final int MIDDLE = 42;
    private static final int PAGE = 100;
    private static final String WHEN = """
            <time class="ls-line ls-number" datetime="${item.at}" title="${item.exactly}">${item.when}</time>""";
    private static final String WHAT = """
            <span class="ls-event">
              %s
              <span>
                <a class="ls-name" href="${item.address}" router-link aria-keyshortcuts="Enter"
                  title="${item.what}">${item.what}</a>
                <span class="ls-under" title="${item.subject}">${item.place
                  ? html`<a href="${item.place}" router-link><span class="ls-line">${item.subject}</span></a>`
                  : html`<span class="ls-line">${item.subject}</span>`}<span class="ls-when-narrow"> · ${item.who}</span></span>
              </span>
            </span>""".formatted(Symbol.inCell("${item.symbol}", "${item.tone}"));

    EventsTable(EventRows rows, Supplier<KnownIdentities> known, ValueProvider<RecordedEvent, String> address) {
        addClassName("ls-two-lines");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setPageSize(PAGE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("events.table"));
        addColumn(LitRenderer.<RecordedEvent>of(WHAT)
                        .withProperty("symbol", EventWords::symbol)
                        .withProperty("tone", row -> row.warning() ? "caution" : "ls-muted")
                        .withProperty("address", address)
                        .withProperty("what", EventWords::what)
                        .withProperty("place", row -> EventWords.address(row, known.get()))
                        .withProperty("subject", row -> EventWords.subject(row, known.get()))
                        .withProperty("who", row -> EventWords.who(row, known.get())))
                .setHeader(Texts.of("events.column.what"))
                .setRowHeader(true)
                .setFlexGrow(3)
                .setWidth("12rem");
        Column<RecordedEvent> who = addColumn(Cells.twoLines(row -> EventWords.who(row, known.get()), EventWords::way))
                .setHeader(Texts.of("events.column.who"))
                .setFlexGrow(1)
                .setWidth("9rem");
        Column<RecordedEvent> from = addColumn(Cells.code(EventWords::from, event -> !EventWords.overSocket(event)))
                .setHeader(Texts.of("events.column.from"))
                .setFlexGrow(0)
                .setWidth("12rem");
        addColumn(LitRenderer.<RecordedEvent>of(WHEN)
                        .withProperty("at", row -> row.at().toString())
                        .withProperty(
                                "exactly", row -> Times.of(UI.getCurrent()).exactly(row.at()))
                        .withProperty("when", row -> Times.of(UI.getCurrent()).ago(row.at())))
                .setHeader(Texts.of("events.column.when"))
                .setFlexGrow(0)
                .setWidth("8.5rem");
        FitColumns.from(who, MIDDLE);
        FitColumns.from(from, WIDE);
        setPartNameGenerator(rows::part);
        setDataProvider(rows);
    }
}
