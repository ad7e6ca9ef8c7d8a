package dev.linkspan.ui.group;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Chooses any number of auth groups, and says what the chosen ones allow. */
public class GroupPicker extends Div {
    private static final int SEARCH_FROM = 6;
    private static final int EXPLAINED = 3;

    private final List<Row> rows = new ArrayList<>();
    private final Paragraph noneFound = new Paragraph();

    public GroupPicker(List<AuthGroup> groups, PermissionWords words, String label, String help) {
        String id = "groups-" + UUID.randomUUID();
        Span title = new Span(label);
        title.setId(id);
        title.addClassName("ls-label");
        Paragraph helper = new Paragraph(help);
        helper.addClassName("ls-help");
        addClassName("ls-field");
        add(title, helper);
        if (groups.size() >= SEARCH_FROM) {
            SearchField search =
                    new SearchField(Texts.of("groups.search.label"), Texts.of("groups.search"), this::search);
            search.setWidthFull();
            add(search);
        }
        Div list = new Div();
        list.addClassName("ls-list");
        list.getElement().setAttribute("role", "group").setAttribute("aria-labelledby", id);
        groups.stream().sorted(Comparator.comparing(AuthGroup::name)).forEach(group -> {
            Row row = new Row(group, words);
            rows.add(row);
            list.add(row);
        });
        noneFound.addClassNames("ls-muted", "ls-small");
        noneFound.setVisible(groups.isEmpty());
        noneFound.setText(Texts.of("groups.none"));
        if (groups.isEmpty()) {
            add(noneFound, new RouterLink(Texts.of("groups.create"), GroupsView.class));
        } else {
            list.add(noneFound);
            add(list);
        }
    }

    /** The names of the groups that are ticked. */
    public List<String> chosen() {
        return rows.stream()
                .filter(row -> row.box.getValue())
                .map(row -> row.group.name())
                .toList();
    }

    private void search(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        rows.forEach(row -> row.setVisible(row.matches(wanted)));
        noneFound.setText(Texts.of("groups.none-found", words));
        noneFound.setVisible(rows.stream().noneMatch(Row::isVisible));
    }

    private static class Row extends Div {
        private final AuthGroup group;
        private final Checkbox box = new Checkbox();

        Row(AuthGroup group, PermissionWords words) {
            this.group = group;
            Span description = new Span(group.description());
            description.addClassName("ls-muted");
            box.setLabelComponent(new Span(new Strong(group.name()), new Span(" "), description));
            Div allows = new Div();
            allows.addClassName("ls-allows");
            allows.setVisible(false);
            explain(group, words).forEach(line -> allows.add(new Div(line)));
            box.addValueChangeListener(change -> {
                allows.setVisible(change.getValue());
                setClassName("on", change.getValue());
            });
            add(box, allows);
        }

        private static List<String> explain(AuthGroup group, PermissionWords words) {
            List<Permission> permissions = group.permissions();
            if (permissions.isEmpty()) {
                return List.of(Texts.of("groups.allows.nothing"));
            }
            List<String> lines = new ArrayList<>();
            permissions.stream()
                    .limit(EXPLAINED)
                    .map(permission -> Texts.of(
                            "groups.allows.one", PermissionWords.resource(permission), words.explanation(permission)))
                    .forEach(lines::add);
            if (permissions.size() > EXPLAINED) {
                lines.add(Texts.of("groups.allows.more", permissions.size() - EXPLAINED));
            }
            return lines;
        }

        private boolean matches(String wanted) {
            return group.name().toLowerCase(Locale.ROOT).contains(wanted)
                    || group.description().toLowerCase(Locale.ROOT).contains(wanted);
        }
    }
}
