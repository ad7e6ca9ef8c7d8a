package dev.linkspan.ui.group;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.GroupChoices.Allowed;
import dev.linkspan.ui.shared.MembershipChange;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import dev.linkspan.ui.shared.MembershipPicker;
import dev.linkspan.ui.shared.MembershipPicker.Choice;
import dev.linkspan.ui.shared.MembershipPicker.Note;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import dev.linkspan.ui.shared.UndoStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the auth groups of somebody new, and says in plain words what each of them and all together allow. */
public class GroupPicker extends Div {
    private static final String WORDS = "membership.groups";
    private static final Subject SOMEBODY = new Subject("", "", Set.of());
    private static final int EXPLAINED = 4;

    private final GroupChoices choices;
    private final UndoStack<MembershipChange> steps =
            new UndoStack<>(MembershipChange.none(List.of(SOMEBODY)), this::show).onceThereAreSteps();
    private final MembershipPicker picker;
    private final GroupsAllow together;
    private final Div news = new Div();
    private final Map<String, Note> notes = new HashMap<>();

    /**
     * A picker without a choice.
     *
     * @param who beginning of the keys of the texts that say what somebody may do with the chosen groups
     */
    public GroupPicker(GroupChoices choices, String who) {
        this.choices = choices;
        together = new GroupsAllow(choices, who);
        List<Choice> groups = groups();
        picker = new MembershipPicker(WORDS, groups, steps.now(), steps::change)
                .help(Texts.of(who + ".help"))
                .notes(choice -> notes.computeIfAbsent(choice.name(), this::explained));
        picker.keep(steps);
        addClassName("ls-field");
        news.addClassName("ls-when-any");
        news.getElement().setAttribute("role", "status");
        add(picker, news);
        if (groups.isEmpty()) {
            add(new RouterLink(Texts.of("groups.create"), GroupsView.class));
        }
        add(together);
        choices.live().refresh(this, event -> event.source().startsWith("/1.0/auth/groups/"), this::refresh);
    }

    private List<Choice> groups() {
        return choices.all().stream()
                .map(group -> new Choice(group.name(), group.id(), group.name(), group.description(), null))
                .toList();
    }

    /** What others make, change and delete is there at once. */
    private void refresh() {
        notes.clear();
        List<String> what = picker.follow(groups(), steps).ofGroups();
        show(steps.now());
        if (!what.isEmpty()) {
            news.removeAll();
            news.add(new Notice(
                    Tone.CAUTION, "users-round", new Sentence("groups.meanwhile", Names.of(what, part -> part))));
        }
    }

    /** Takes steps back. */
    public UndoStack<MembershipChange> steps() {
        return steps;
    }

    /** The names of the groups that are ticked. */
    public List<String> chosen() {
        return List.copyOf(steps.now().added(SOMEBODY));
    }

    private void show(MembershipChange change) {
        picker.show(change);
        together.show(chosen());
    }

    private Note explained(String group) {
        Allowed allowed;
        try {
            allowed = choices.allowed(List.of(group));
        } catch (ProblemException e) {
            return new Note(e.getMessage(), null, null);
        }
        if (allowed.permissions() == 0) {
            return new Note(sentence(allowed), null, null);
        }
        return new Note(
                sentence(allowed),
                Texts.of("groups.allows.permissions", allowed.permissions()),
                GroupView.address(group));
    }

    private static String sentence(Allowed allowed) {
        List<String> phrases = allowed.phrases();
        if (phrases.isEmpty()) {
            return Texts.of("groups.allows.nothing");
        }
        if (phrases.size() > EXPLAINED) {
            return Texts.of(
                    "groups.allows.more", String.join(", ", phrases.subList(0, EXPLAINED)), phrases.size() - EXPLAINED);
        }
        return Texts.of("groups.allows", GroupsAllow.joined(phrases));
    }
}
