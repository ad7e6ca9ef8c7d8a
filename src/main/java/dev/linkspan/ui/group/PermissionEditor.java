package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.group.Resources.Resource;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The permissions of a group: a form that adds one, and the list of them. What was there and is taken away stays in
 * the list, struck through, until the group is saved.
 */
class PermissionEditor extends Div {
    private static final String ENTITLEMENT = """
            <div><code>${item.name}</code><span class="ls-under">${item.description}</span></div>""";

    private final GroupTools tools;
    private final Runnable changed;
    private final Set<Permission> before;
    private final Set<Permission> now;
    private final ComboBox<EntityType> type = new ComboBox<>(Texts.of("permissions.type"));
    private final ComboBox<Resource> resource = new ComboBox<>(Texts.of("permissions.resource"));
    private final ComboBox<EntitlementDescription> entitlement = new ComboBox<>(Texts.of("permissions.entitlement"));
    private final ActionButton add = new ActionButton(Texts.of("permissions.add"), this::add);
    private final Div list = new Div();

    PermissionEditor(GroupTools tools, List<Permission> permissions, Runnable changed) {
        this.tools = tools;
        this.changed = changed;
        before = new LinkedHashSet<>(permissions);
        now = new LinkedHashSet<>(permissions);
        addClassName("ls-field");
        Span title = new Span(Texts.of("permissions.title"));
        title.addClassName("ls-label");
        Paragraph help = new Paragraph(Texts.of("permissions.help"));
        help.addClassName("ls-help");
        add(title, help, form(), list);
        show();
    }

    /** The permissions that the group is to have. */
    List<Permission> permissions() {
        return List.copyOf(now);
    }

    /** How many were added and taken away. */
    int changes() {
        return (int)
                (now.stream().filter(permission -> !before.contains(permission)).count()
                        + before.stream()
                                .filter(permission -> !now.contains(permission))
                                .count());
    }

    private Div form() {
        type.setItems(tools.resources().types());
        type.setItemLabelGenerator(item -> PermissionWords.type(item));
        type.addValueChangeListener(change -> typeChosen(change.getValue(), change.isFromClient()));
        resource.setItemLabelGenerator(Resource::label);
        resource.setEnabled(false);
        resource.addValueChangeListener(change -> {
            entitlement.setEnabled(change.getValue() != null);
            if (change.isFromClient() && change.getValue() != null) {
                entitlement.focus();
            }
        });
        entitlement.setItemLabelGenerator(EntitlementDescription::name);
        entitlement.setRenderer(LitRenderer.<EntitlementDescription>of(ENTITLEMENT)
                .withProperty("name", EntitlementDescription::name)
                .withProperty("description", EntitlementDescription::description));
        entitlement.setEnabled(false);
        entitlement.addClassName("ls-grow");
        entitlement.addValueChangeListener(change -> allowAdd(change.getValue(), change.isFromClient()));
        allowAdd(null, false);
        Div pair = new Div(type, resource);
        pair.addClassName("ls-pair");
        Div last = new Div(entitlement, add);
        last.addClassNames("ls-row", "ls-at-end");
        Div form = new Div(pair, last);
        form.addClassNames("ls-read", "ls-permission-form");
        return form;
    }

    private void typeChosen(EntityType chosen, boolean byUser) {
        resource.clear();
        entitlement.clear();
        resource.setEnabled(chosen != null && chosen != EntityType.SERVER);
        if (chosen == null) {
            return;
        }
        List<Resource> choices = tools.resources().of(chosen, tools.me().get());
        resource.setItems(choices);
        entitlement.setItems(tools.model().entitlements(chosen));
        if (chosen == EntityType.SERVER) {
            resource.setValue(choices.getFirst());
            entitlement.focus();
        } else if (byUser) {
            resource.focus();
        }
    }

    private void allowAdd(EntitlementDescription chosen, boolean byUser) {
        add.refuse(chosen == null ? Texts.of("permissions.add.refused") : null);
        if (chosen != null && byUser) {
            add.focus();
        }
    }

    /** Type and resource stay, so that the next entitlement on the same resource is quick. */
    private void add() {
        Permission permission =
                resource.getValue().permission(entitlement.getValue().name());
        now.add(permission);
        entitlement.clear();
        entitlement.focus();
        show();
        changed.run();
    }

    private void show() {
        list.removeAll();
        Set<Permission> all = new LinkedHashSet<>(before);
        all.addAll(now);
        if (all.isEmpty()) {
            Paragraph none = new Paragraph(Texts.of("permissions.none"));
            none.addClassName("ls-muted");
            list.add(none);
            return;
        }
        NativeTable table = new NativeTable();
        table.addClassName("ls-table");
        table.getElement().setAttribute("aria-label", Texts.of("permissions.table"));
        table.getHead().add(header());
        new ArrayList<>(all).forEach(permission -> table.getBody().add(row(permission)));
        list.add(table);
    }

    private static NativeTableRow header() {
        NativeTableHeaderCell resource = headerCell(Texts.of("permissions.resource"));
        NativeTableHeaderCell entitlement = headerCell(Texts.of("permissions.entitlement"));
        Span unseen = new Span(Texts.of("column.actions"));
        unseen.addClassName("ls-unseen");
        NativeTableHeaderCell actions = new NativeTableHeaderCell(unseen);
        actions.addClassName("ls-acts-column");
        return new NativeTableRow(resource, entitlement, actions);
    }

    private static NativeTableHeaderCell headerCell(String text) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
        cell.getElement().setAttribute("scope", "col");
        return cell;
    }

    private NativeTableRow row(Permission permission) {
        boolean removed = !now.contains(permission);
        boolean added = !before.contains(permission);
        NativeTableHeaderCell name = new NativeTableHeaderCell(
                line(PermissionWords.resource(permission)), under(PermissionWords.kind(permission)));
        name.getElement().setAttribute("scope", "row");
        Code code = new Code(permission.entitlement());
        Span what = new Span(code);
        what.addClassName("ls-row");
        if (added) {
            what.add(mark("permissions.added", "added"));
        } else if (removed) {
            what.add(mark("permissions.removed", "removed"));
        }
        NativeTableCell allows = new NativeTableCell(what, under(tools.words().explanation(permission)));
        ActionButton toggle = removed
                ? ActionButton.icon(Texts.of("permissions.restore"), "undo-2", () -> toggle(permission))
                : ActionButton.icon(Texts.of("permissions.delete"), "trash-2", () -> toggle(permission));
        NativeTableRow row = new NativeTableRow(name, allows, new NativeTableCell(toggle.look("small")));
        row.setClassName("gone", removed);
        return row;
    }

    private void toggle(Permission permission) {
        if (!now.remove(permission)) {
            now.add(permission);
        }
        show();
        changed.run();
    }

    private static Component mark(String key, String look) {
        Span mark = new Span(Texts.of(key));
        mark.addClassNames("ls-chip", look);
        return mark;
    }

    private static Component line(String text) {
        Span line = new Span(text);
        line.addClassName("ls-name");
        line.setTitle(text);
        return line;
    }

    private static Component under(String text) {
        Span under = new Span(text);
        under.addClassName("ls-under");
        under.setTitle(text);
        return under;
    }
}
