package dev.linkspan.ui.group;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.GroupChoices.Allowed;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.List;

/** What somebody may do with all the groups that are chosen, in plain words, and that it is nothing else. */
class GroupsAllow extends Div {
    private static final int MOST = 12;

    private final GroupChoices choices;
    private final String who;

    /**
     * Says nothing yet.
     *
     * @param who beginning of the keys of the texts
     */
    GroupsAllow(GroupChoices choices, String who) {
        this.choices = choices;
        this.who = who;
        getElement().setAttribute("role", "status");
        addClassName("ls-said");
    }

    void show(List<String> groups) {
        removeAll();
        if (groups.isEmpty()) {
            return;
        }
        try {
            add(notice(choices.allowed(groups), groups.size()));
        } catch (ProblemException e) {
            add(Notice.problem(Texts.of("groups.allows.failed"), e.getMessage()));
        }
    }

    private Notice notice(Allowed allowed, int groups) {
        if (allowed.phrases().isEmpty()) {
            return new Notice(Tone.NEUTRAL, "info", new Sentence(who + ".nothing", groups));
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("ls-may");
        allowed.phrases().stream().limit(MOST).forEach(phrase -> list.add(new ListItem(phrase)));
        if (allowed.phrases().size() > MOST) {
            list.add(new ListItem(
                    Texts.of("groups.allows.rest", allowed.phrases().size() - MOST)));
        }
        Notice notice = allowed.ownWayUp()
                ? new Notice(
                        Tone.CAUTION, "triangle-alert", new Sentence(who + ".may"), list, new Sentence(who + ".up"))
                : new Notice(Tone.NEUTRAL, "info", new Sentence(who + ".may"), list, new Sentence(who + ".only"));
        return notice;
    }

    /** {@code a, b and c}. */
    static String joined(List<String> phrases) {
        return phrases.size() < 2
                ? String.join("", phrases)
                : Texts.of("names.and", String.join(", ", phrases.subList(0, phrases.size() - 1)), phrases.getLast());
    }
}
