package dev.linkspan.ui.group;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The permissions of a group, those that are added and taken away marked. Only the rows in sight are drawn. */
class PermissionTable extends Grid<PermissionLine> {
    private static final String RESOURCE = """
            <span class="ls-name ${item.mark}" title="${item.resource}">${item.resource}</span>
            <span class="ls-under" title="${item.kind}">${item.kind}</span>""";
    private static final String ENTITLEMENT = """
            <span class="ls-row ls-entitled"><code class="ls-cut ${item.mark}" title="${item.name}">${item.name}</code>${item.mark
              ? html`<span class="ls-chip ${item.mark}">${item.word}</span>` : ''}</span>
            <span class="ls-under" title="${item.explanation}">${item.explanation}</span>""";

    private final Picked<Permission> permissions;
    private final List<PermissionLine> lines = new ArrayList<>();
    private final ListDataProvider<PermissionLine> rows = new ListDataProvider<>(lines) {
        @Override
        public Object getId(PermissionLine line) {
            return line.permission();
        }
    };

    /** Shows these permissions; for the change of one there may be a reason against it. */
    PermissionTable(Picked<Permission> permissions, Supplier<String> refusal, Consumer<Permission> toggle) {
        this.permissions = permissions;
        addClassNames("ls-two-lines", "ls-short-list");
        setSelectionMode(SelectionMode.NONE);
        getElement().setProperty("accessibleName", Texts.of("permissions.table"));
        addColumn(LitRenderer.<PermissionLine>of(RESOURCE)
                        .withProperty("resource", PermissionLine::resource)
                        .withProperty("kind", PermissionLine::kind)
                        .withProperty("mark", this::mark))
                .setHeader(Texts.of("permissions.resource"))
                .setRowHeader(true)
                .setFlexGrow(2)
                .setWidth("7rem");
        addColumn(LitRenderer.<PermissionLine>of(ENTITLEMENT)
                        .withProperty("name", line -> line.permission().entitlement())
                        .withProperty("explanation", PermissionLine::explanation)
                        .withProperty("mark", this::mark)
                        .withProperty("word", line -> word(mark(line))))
                .setHeader(Texts.of("permissions.entitlement"))
                .setFlexGrow(3)
                .setWidth("8rem");
        Cells.actionsColumn(
                this,
                "4rem",
                line -> Texts.of("column.actions"),
                line -> List.of(action(line, refusal.get(), () -> toggle.accept(line.permission()))));
        setDataProvider(rows);
    }

    private RowAction action(PermissionLine line, String refusal, Runnable toggle) {
        boolean removed = permissions.isRemoved(line.permission());
        String name = removed ? "restore" : "delete";
        String text = Texts.of("permissions." + name, line.permission().entitlement(), line.resource());
        return RowAction.quick(name, text, removed ? "undo-2" : "trash-2", refusal, toggle);
    }

    void show(List<PermissionLine> current) {
        lines.clear();
        lines.addAll(current);
        lines.sort(PermissionLine.ORDER);
        getStyle().set("--rows", String.valueOf(lines.size()));
        rows.refreshAll();
    }

    /** Shows those that match and says how many these are. */
    int search(Predicate<PermissionLine> wanted) {
        rows.setFilter(wanted::test);
        int found = (int) lines.stream().filter(wanted).count();
        getStyle().set("--rows", String.valueOf(found));
        return found;
    }

    void reveal(Permission permission) {
        lines.stream()
                .filter(line -> line.permission().equals(permission))
                .findFirst()
                .ifPresent(this::scrollToItem);
    }

    private String mark(PermissionLine line) {
        if (permissions.isRemoved(line.permission())) {
            return "removed";
        }
        return permissions.isAdded(line.permission()) ? "added" : "";
    }

    private static String word(String mark) {
        return mark.isEmpty() ? "" : Texts.of("permissions." + mark);
    }
}
