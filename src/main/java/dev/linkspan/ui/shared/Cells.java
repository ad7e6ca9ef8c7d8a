package dev.linkspan.ui.shared;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import java.util.List;
import java.util.function.Predicate;

/** Cells of tables, drawn by the browser: a row that changes is drawn again in place, without a flash. */
public final class Cells {
    private static final String TWO_LINES = """
            <span class="ls-name" title="${item.first}">${item.first}</span>
            ${item.second ? html`<span class="ls-under" title="${item.second}">${item.second}</span>` : ''}""";
    private static final String LINK_AND_LINE = LongName.link("${item.address}") + """
            ${item.second ? html`<span class="ls-under" title="${item.second}">${item.second}</span>` : ''}""";
    private static final String DRAWING_ABOVE = """
            <span .innerHTML="${item.drawing}"></span><span class="ls-under">${item.line}</span>""";
    private static final String STATUS = """
            <span class="ls-status ${item.tone} ${item.alarm ? 'alarm' : ''}">
              %s
              <span>
                <span class="ls-status-word">${item.word}</span>
                <span class="ls-under ${item.partly ? 'partly' : ''}" title="${item.evidence}">${item.evidence}</span>
              </span>
            </span>""".formatted(Symbol.inCell("${item.symbol}", ""));
    private static final String WORD = """
            <span class="ls-status ${item.tone}" title="${item.evidence}">
              ${item.symbol
                ? html`%s`
                : ''}
              <span class="ls-status-plain ls-cut">${item.word}</span>
            </span>""".formatted(Symbol.inCell("${item.symbol}", ""));
    private static final String LINE = """
            <span class="ls-line ${item.look}" title="${item.text}">${item.text}</span>""";
    private static final String CHIPS = """
            ${item.first
              ? html`<span class="ls-chips">
                  <span class="${item.look}" title="${item.first}">${item.first}</span>
                  ${item.more ? html`<span class="ls-chip more" title="${item.rest}">${item.more}</span>` : ''}
                </span>`
              : html`<span class="ls-muted ls-cut">${item.none}</span>`}""";
    private static final String SYMBOL_AND_WORD = """
            <span class="ls-row"><span .innerHTML="${item.drawing}"></span><span class="ls-cut">${item.word}</span></span>""";

    private static final String ACTIONS = """
            <linkspan-row-actions icons="SHEET" .shown="${[item.label, item.actions, itemKey]}"
              @choose="${(event) => choose(event.detail)}"></linkspan-row-actions>""".replace("SHEET", Symbol.SHEET);

    private Cells() {}

    /** What it is, and a second line below it where there is one. */
    public static <T> LitRenderer<T> twoLines(ValueProvider<T, String> first, ValueProvider<T, String> second) {
        return LitRenderer.<T>of(TWO_LINES).withProperty("first", first).withProperty("second", second);
    }

    /** What it is, which leads to its page, and a second line below it where there is one. */
    public static <T> LitRenderer<T> twoLines(
            ValueProvider<T, String> address, ValueProvider<T, String> first, ValueProvider<T, String> second) {
        return LongName.with(LitRenderer.of(LINK_AND_LINE), first)
                .withProperty("address", address)
                .withProperty("second", second);
    }

    /** A drawing of ours that says something, and a line below it. */
    public static <T> LitRenderer<T> drawingAbove(ValueProvider<T, String> drawing, ValueProvider<T, String> line) {
        return LitRenderer.<T>of(DRAWING_ABOVE).withProperty("drawing", drawing).withProperty("line", line);
    }

    /** A status with its evidence. */
    public static <T> LitRenderer<T> status(ValueProvider<T, Status> status) {
        return LitRenderer.<T>of(STATUS)
                .withProperty("symbol", row -> status.apply(row).symbol())
                .withProperty("tone", row -> status.apply(row).tone().styleName())
                .withProperty("word", row -> status.apply(row).word())
                .withProperty("evidence", row -> status.apply(row).evidence())
                .withProperty("partly", row -> status.apply(row).partly())
                .withProperty("alarm", row -> status.apply(row).alarm());
    }

    /** A status in one line: its evidence is said on demand. */
    public static <T> LitRenderer<T> word(ValueProvider<T, Status> status) {
        return LitRenderer.<T>of(WORD)
                .withProperty("symbol", row -> status.apply(row).symbol())
                .withProperty("tone", row -> status.apply(row).tone().styleName())
                .withProperty("word", row -> status.apply(row).word())
                .withProperty("evidence", row -> status.apply(row).evidence());
    }

    /** A text in one line. */
    public static <T> LitRenderer<T> line(ValueProvider<T, String> text) {
        return oneLine(row -> "", text);
    }

    /**
     * A fingerprint and the like in one line.
     *
     * @param isCode whether it is one, and not words in its place
     */
    public static <T> LitRenderer<T> code(ValueProvider<T, String> text, Predicate<T> isCode) {
        return oneLine(row -> isCode.test(row) ? "ls-mono ls-muted" : "ls-muted", text);
    }

    private static <T> LitRenderer<T> oneLine(ValueProvider<T, String> look, ValueProvider<T, String> text) {
        return LitRenderer.<T>of(LINE).withProperty("look", look).withProperty("text", text);
    }

    /** A list as chips. */
    public static <T> LitRenderer<T> chips(ValueProvider<T, Chips> chips, ValueProvider<T, String> none) {
        return list("ls-chip", chips, none);
    }

    /** A list of addresses and the like. */
    public static <T> LitRenderer<T> codes(ValueProvider<T, Chips> codes, ValueProvider<T, String> none) {
        return list("ls-mono ls-cut", codes, none);
    }

    /** A drawing of ours with its word. */
    public static <T> LitRenderer<T> drawing(ValueProvider<T, String> drawing, ValueProvider<T, String> word) {
        return LitRenderer.<T>of(SYMBOL_AND_WORD)
                .withProperty("drawing", drawing)
                .withProperty("word", word);
    }

    /** What can be done with a row; the label says so of the menu. */
    private static <T> LitRenderer<T> actions(
            ValueProvider<T, String> label, ValueProvider<T, List<RowAction>> actions) {
        return LitRenderer.<T>of(ACTIONS)
                .withProperty("label", label)
                .withProperty(
                        "actions",
                        row -> actions.apply(row).stream().map(RowAction::shown).toList())
                .withFunction("choose", (row, chosen) -> actions.apply(row).stream()
                        .filter(action -> action.allowed(chosen.get(0).asString("")))
                        .findFirst()
                        .ifPresent(action -> action.action().run()));
    }

    /** A column of actions, which stands last. */
    public static <T> void actionsColumn(
            Grid<T> table, String width, ValueProvider<T, String> label, ValueProvider<T, List<RowAction>> actions) {
        Grid.Column<T> column =
                table.addColumn(actions(label, actions)).setFlexGrow(0).setWidth(width);
        FitColumns.slim(column, "3.75rem");
        unseenHeader(column, Texts.of("column.actions"));
    }

    /** A header that only assistive technology reads. */
    private static void unseenHeader(Grid.Column<?> column, String text) {
        Span header = new Span(text);
        header.addClassName("ls-unseen");
        column.setHeader(header);
    }

    private static <T> LitRenderer<T> list(String look, ValueProvider<T, Chips> values, ValueProvider<T, String> none) {
        return LitRenderer.<T>of(CHIPS)
                .withProperty("look", row -> look)
                .withProperty("first", row -> values.apply(row).first())
                .withProperty("more", row -> values.apply(row).more())
                .withProperty("rest", row -> values.apply(row).rest())
                .withProperty("none", none);
    }
}
