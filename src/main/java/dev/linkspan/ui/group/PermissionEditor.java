package dev.linkspan.ui.group;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.group.NeededPermission;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The permissions of a group: a form that adds one, what the chosen one needs besides, and the list of them. What was
 * there and is taken away stays in the list, struck through, until the group is saved.
 */
class PermissionEditor extends Div {
    private static final int SEARCH_FROM = 8;

    private final GroupTools tools;
    private final GroupDraft draft;
    private final PermissionForm form;
    private final ActionButton add = new ActionButton(Texts.of("permissions.add"), this::add);
    private final Div needs = new Div();
    private final SearchField search =
            new SearchField(Texts.of("permissions.search"), Texts.of("permissions.search"), words -> search());
    private final Paragraph none = new Paragraph();
    private final Div refused = new Div();
    private final PermissionTable table;
    private final Map<Permission, PermissionLine> lines = new HashMap<>();
    private Map<String, String> names = Map.of();
    private String refusal;

    /**
     * An editor for the permissions of a draft.
     *
     * @param refusal why they can't be changed; null when they can
     */
    PermissionEditor(GroupTools tools, GroupDraft draft, String refusal) {
        this.tools = tools;
        this.draft = draft;
        this.refusal = refusal;
        addClassNames("ls-stack", "ls-editor");
        form = new PermissionForm(
                tools,
                Texts.of("permissions.help"),
                permission -> draft.permissions().has(permission),
                this::chosen);
        form.addButton(add);
        table = new PermissionTable(draft.permissions(), () -> this.refusal, draft::togglePermission);
        none.addClassName("ls-muted");
        needs.addClassName("ls-said");
        needs.getElement().setAttribute("role", "status");
        add(search, none, table);
        showForm();
        draft.onChange(this::show);
        chosen();
        show();
    }

    /** Takes note of why they can't be changed by now; null when they can. */
    void refuse(String reason) {
        if (!Objects.equals(reason, refusal)) {
            refusal = reason;
            showForm();
            show();
        }
    }

    private void showForm() {
        remove(form, needs, refused);
        if (refusal == null) {
            addComponentAsFirst(needs);
            addComponentAsFirst(form);
        } else {
            refused.removeAll();
            refused.add(new Notice(Tone.NEUTRAL, "info", new Span(refusal)));
            addComponentAsFirst(refused);
        }
    }

    /** Whether nothing is chosen that isn't added yet; says so when there is, and goes to the button that adds it. */
    boolean check() {
        Optional<Permission> left =
                form.chosen().filter(chosen -> !draft.permissions().has(chosen));
        left.ifPresent(permission -> {
            needs.removeAll();
            needs.add(Notice.problem(
                    Texts.of("permissions.left"),
                    Texts.of(
                            "permissions.left.text",
                            permission.entitlement(),
                            PermissionWords.resource(permission.url()))));
            add.focus();
        });
        return left.isEmpty();
    }

    /** Chooses a permission in the form. */
    void offer(EntityUrl url, String entitlement) {
        form.choose(url, entitlement);
    }

    private void chosen() {
        Optional<Permission> chosen = form.chosen();
        add.refuse(
                chosen.isEmpty()
                        ? Texts.of("permissions.add.refused")
                        : draft.permissions().has(chosen.get()) ? Texts.of("permissions.add.held") : null);
        showNeeds();
    }

    private void add() {
        form.chosen().ifPresent(permission -> grant(List.of(permission)));
    }

    /** Type and resource stay, so that the next entitlement on the same resource is quick. */
    private void grant(List<Permission> permissions) {
        form.next();
        search.clear();
        draft.grant(permissions);
        table.reveal(permissions.getFirst());
    }

    private void showNeeds() {
        needs.removeAll();
        List<Permission> all = new ArrayList<>(draft.permissions().now());
        List<Permission> added = new ArrayList<>(draft.permissions().added());
        form.chosen().filter(permission -> !all.contains(permission)).ifPresent(permission -> {
            all.add(permission);
            added.add(permission);
        });
        boolean touched = !added.isEmpty() || draft.permissions().changes() > 0;
        List<NeededPermission> needed = refusal == null && touched ? needed(all, added) : List.of();
        if (!needed.isEmpty()) {
            needs.add(notice(needed));
        }
    }

    private List<NeededPermission> needed(List<Permission> all, List<Permission> added) {
        try {
            return tools.permissions().needed(tools.me().get(), all, added);
        } catch (ProblemException e) {
            return List.of();
        }
    }

    private Notice notice(List<NeededPermission> needed) {
        UnorderedList list = new UnorderedList();
        list.addClassName("ls-needs");
        needed.forEach(one -> list.add(item(one)));
        List<Permission> granted = new ArrayList<>();
        form.chosen().filter(permission -> !draft.permissions().has(permission)).ifPresent(granted::add);
        String heading = granted.isEmpty() ? "permissions.needs" : "permissions.needs.chosen";
        String button = granted.isEmpty() ? "permissions.needs.add" : "permissions.needs.add-both";
        Object subject = granted.isEmpty() ? needed.size() : granted.getFirst().entitlement();
        needed.forEach(one -> granted.add(one.permission()));
        ActionButton all =
                new ActionButton(Texts.of(button, granted.size()), "plus", () -> grant(granted)).look("small");
        return new Notice(
                Tone.CAUTION,
                "triangle-alert",
                new Sentence(heading, subject, draft.permissions().now().size()),
                list,
                all);
    }

    private ListItem item(NeededPermission one) {
        Permission permission = one.permission();
        Span why = new Span(Texts.of(
                one.required() ? "permissions.needs.required" : "permissions.needs.unseen",
                line(one.permission()).resource()));
        why.addClassName("ls-under");
        return new ListItem(
                new Code(permission.entitlement()),
                new Span(Texts.of(
                        "permissions.needs.on",
                        PermissionWords.within(PermissionWords.kind(permission.url())),
                        line(permission).resource())),
                why);
    }

    private void show() {
        List<Permission> all = draft.permissions().all();
        List<Permission> unknown = all.stream()
                .filter(permission -> !lines.containsKey(permission))
                .toList();
        names = tools.resources().names(tools.me().get(), unknown);
        table.show(all.stream().map(this::line).toList());
        search.setVisible(all.size() >= SEARCH_FROM || !search.isEmpty());
        form.refresh();
        search();
        chosen();
    }

    private PermissionLine line(Permission permission) {
        return lines.computeIfAbsent(
                permission,
                key -> new PermissionLine(
                        key,
                        names.getOrDefault(key.url(), PermissionWords.resource(key.url())),
                        PermissionWords.kind(key.url()),
                        tools.words().explanation(key)));
    }

    private void search() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        int found = table.search(line -> line.contains(wanted));
        table.setVisible(found > 0);
        none.setVisible(found == 0);
        none.setText(
                wanted.isEmpty()
                        ? Texts.of("permissions.none")
                        : Texts.of("permissions.none-found", search.getValue().strip()));
    }
}
