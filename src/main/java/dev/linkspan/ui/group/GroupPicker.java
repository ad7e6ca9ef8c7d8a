package dev.linkspan.ui.group;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.GroupChoices.Allowed;
import dev.linkspan.ui.shared.KeptChoice;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;

/** Chooses any number of auth groups, and says in plain words what each of them and all together allow. */
public class GroupPicker extends Div {
    private static final int SEARCH_FROM = 6;
    private static final int SHOWN = 50;
    private static final int EXPLAINED = 4;

    private final GroupChoices choices;
    private final List<GroupSummary> groups;
    private final Set<String> chosen = new LinkedHashSet<>();
    private final Div list = new Div();
    private final Paragraph more = new Paragraph();
    private final GroupsAllow together;
    private final KeptChoice<List<String>> kept;
    private String wanted = "";

    /**
     * A picker without a choice.
     *
     * @param who beginning of the keys of the texts that say what somebody may do with the chosen groups
     */
    public GroupPicker(GroupChoices choices, String label, String help, String who) {
        this.choices = choices;
        groups = choices.all();
        together = new GroupsAllow(choices, who);
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
        list.addClassName("ls-list");
        list.getElement().setAttribute("role", "group").setAttribute("aria-labelledby", id);
        more.addClassNames("ls-muted", "ls-small");
        if (groups.isEmpty()) {
            Paragraph none = new Paragraph(Texts.of("groups.none"));
            none.addClassNames("ls-muted", "ls-small");
            add(none, new RouterLink(Texts.of("groups.create"), GroupsView.class));
        } else {
            add(list);
        }
        kept = new KeptChoice<>(this, new TypeReference<>() {}, this::choose);
        add(more, together);
        showRows();
    }

    /** The names of the groups that are ticked. */
    public List<String> chosen() {
        return List.copyOf(new TreeSet<>(chosen));
    }

    /** Ticks those that were ticked before the page was loaded anew. */
    private void choose(List<String> names) {
        groups.stream().map(GroupSummary::name).filter(names::contains).forEach(chosen::add);
        showRows();
        chosenChanged();
    }

    private void chosenChanged() {
        kept.keep(chosen.isEmpty() ? null : chosen());
        together.show(chosen());
    }

    private void search(String words) {
        wanted = words.toLowerCase(Locale.ROOT);
        showRows();
    }

    /** Draws the first groups that match; what is ticked is always there. */
    private void showRows() {
        List<GroupSummary> matching = groups.stream().filter(this::matches).toList();
        List<GroupSummary> shown = new ArrayList<>(matching.subList(0, Math.min(SHOWN, matching.size())));
        groups.stream()
                .filter(group -> chosen.contains(group.name()) && !shown.contains(group))
                .forEach(shown::add);
        list.removeAll();
        shown.forEach(group -> list.add(new Row(group)));
        int hidden = matching.size() - Math.min(SHOWN, matching.size());
        more.setVisible(hidden > 0 || matching.isEmpty() && !groups.isEmpty());
        more.setText(
                matching.isEmpty() ? Texts.of("groups.none-found", wanted) : Texts.of("groups.more-to-find", hidden));
    }

    private boolean matches(GroupSummary group) {
        return group.name().toLowerCase(Locale.ROOT).contains(wanted)
                || group.description().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private class Row extends Div {
        private final GroupSummary group;
        private final Div allows = new Div();

        Row(GroupSummary group) {
            this.group = group;
            Span description = new Span(group.description());
            description.addClassName("ls-muted");
            Checkbox box = new Checkbox();
            box.setLabelComponent(new Span(new Strong(group.name()), new Span(" "), description));
            box.setValue(chosen.contains(group.name()));
            allows.addClassName("ls-allows");
            box.addValueChangeListener(change -> {
                if (change.getValue()) {
                    chosen.add(group.name());
                } else {
                    chosen.remove(group.name());
                }
                show(change.getValue());
                chosenChanged();
            });
            add(box, allows);
            show(box.getValue());
        }

        private void show(boolean ticked) {
            setClassName("on", ticked);
            allows.setVisible(ticked);
            allows.removeAll();
            if (ticked) {
                explain();
            }
        }

        private void explain() {
            Allowed allowed;
            try {
                allowed = choices.allowed(List.of(group.name()));
            } catch (ProblemException e) {
                allows.add(new Span(e.getMessage()));
                return;
            }
            Span text = new Span(sentence(allowed));
            if (allowed.permissions() == 0) {
                allows.add(text);
                return;
            }
            RouterLink link =
                    new RouterLink(Texts.of("groups.allows.permissions", allowed.permissions()), GroupView.class);
            link.setQueryParameters(QueryParameters.of(GroupView.NAME, group.name()));
            link.getElement().setAttribute("target", "_blank");
            allows.add(new Div(text, new Span(" "), link));
        }

        private static String sentence(Allowed allowed) {
            List<String> phrases = allowed.phrases();
            if (phrases.isEmpty()) {
                return Texts.of("groups.allows.nothing");
            }
            if (phrases.size() > EXPLAINED) {
                return Texts.of(
                        "groups.allows.more",
                        String.join(", ", phrases.subList(0, EXPLAINED)),
                        phrases.size() - EXPLAINED);
            }
            return Texts.of("groups.allows", GroupsAllow.joined(phrases));
        }
    }
}
