package dev.linkspan.ui.shared;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/**
 * A table's column of boxes, which pick rows: one by one, many with the Shift key, all by the box in the header. The
 * server alone decides what is ticked, so that a row that is drawn again always says the truth.
 */
public final class SelectionColumn {
    private static final String BOX = """
            <input type="checkbox" class="ls-pick" aria-label="${item.label}" aria-keyshortcuts="X"
              .checked="${item.picked}" ?disabled="${item.refusal !== ''}" title="${item.refusal}"
              @click="${(event) => { event.preventDefault(); pick(event.shiftKey); }}">""";

    /** So many picked rows come back when the page has to be loaded anew. */
    private static final int MOST_KEPT = 500;

    private SelectionColumn() {}

    /**
     * Puts the column before those that are added later.
     *
     * @param rows those of the table
     * @param name what a row is called
     */
    public static <T> void add(Grid<T> table, Selection<T> selection, Rows<T> rows, ValueProvider<T, String> name) {
        Picking<T> picking = new Picking<>(selection, rows);
        Grid.Column<T> column = table.addColumn(LitRenderer.<T>of(BOX)
                        .withProperty("label", row -> Texts.of("selection.row", name.apply(row)))
                        .withProperty("picked", selection::contains)
                        .withProperty("refusal", row -> selection.refusal(row) == null ? "" : selection.refusal(row))
                        .withFunction(
                                "pick",
                                (row, shift) -> picking.pick(row, shift.get(0).asBoolean(false))))
                .setHeader(picking.all)
                .setFlexGrow(0)
                .setWidth("3.5rem");
        FitColumns.from(column, FitColumns.SELECTION);
        FitColumns.alone(column);
        table.setPartNameGenerator(row -> selection.contains(row) ? "picked" : rows.part(row));
        selection.onChange(rows::refreshAll);
        KeptChoice<List<String>> kept = new KeptChoice<>(
                table,
                new TypeReference<>() {},
                ids -> selection.takeBack(rows.all().stream()
                        .filter(row -> ids.contains(selection.id(row)))
                        .toList()));
        selection.onChange(() -> kept.keep(
                selection.isEmpty() || selection.size() > MOST_KEPT
                        ? null
                        : selection.rows().stream().map(selection::id).toList()));
        rows.addDataProviderListener(change -> picking.showAll());
    }

    private static class Picking<T> {
        private final Selection<T> selection;
        private final Rows<T> rows;
        private final Checkbox all = new Checkbox();
        private T last;

        Picking(Selection<T> selection, Rows<T> rows) {
            this.selection = selection;
            this.rows = rows;
            all.setAriaLabel(Texts.of("selection.all"));
            all.addValueChangeListener(change -> {
                if (change.isFromClient()) {
                    pickAll();
                }
            });
        }

        void pickAll() {
            if (selection.isEmpty()) {
                selection.add(rows.shown());
            } else {
                selection.clear();
            }
            showAll();
        }

        void showAll() {
            boolean none = selection.isEmpty();
            boolean every = !none && selection.size() >= rows.shown().size();
            all.setValue(every);
            all.setIndeterminate(!none && !every);
            all.setEnabled(!selection.held());
        }

        void pick(T row, boolean shift) {
            List<T> shown = rows.shown();
            int from = last == null ? -1 : shown.indexOf(last);
            int to = shown.indexOf(row);
            if (shift && from >= 0 && to >= 0) {
                selection.add(shown.subList(Math.min(from, to), Math.max(from, to) + 1));
            } else {
                selection.toggle(row);
            }
            last = row;
        }
    }
}
