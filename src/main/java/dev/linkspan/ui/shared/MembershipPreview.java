package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Who gets and who loses what, by subject or turned round by choice. Isn't there while nothing is to change. */
public class MembershipPreview extends Div {
    /** The beginning of the keys of the texts for links and their groups. */
    public static final String OF_LINKS = "membership.links";

    private static final int MOST = 50;

    private final String words;
    private final Function<String, String> choiceName;
    private final ActionButton turn = new ActionButton("", this::turn).look("tertiary", "small");
    private final Div table = new Div();
    private MembershipChange change;
    private boolean byChoice;

    /**
     * An empty preview.
     *
     * @param words the beginning of the keys of its texts
     * @param choiceName what the choice with an id is called
     */
    public MembershipPreview(String words, Function<String, String> choiceName) {
        this.words = words;
        this.choiceName = choiceName;
        addClassName("ls-section");
        H3 heading = new H3(Texts.of("membership.preview"));
        heading.addClassName("ls-grow");
        Div head = new Div(heading, turn);
        head.addClassName("ls-row");
        add(head, table);
        setVisible(false);
    }

    /** Shows that change. */
    public void show(MembershipChange current) {
        change = current;
        setVisible(!current.isEmpty());
        turn.setText(Texts.of(words + (byChoice ? ".by-subject" : ".by-choice")));
        table.removeAll();
        if (isVisible()) {
            table.add(table());
            rest();
        }
    }

    private void turn() {
        byChoice = !byChoice;
        show(change);
    }

    private void rest() {
        int rows = byChoice ? change.size() : subjects().size();
        if (rows > MOST) {
            Paragraph more = new Paragraph(Texts.of("membership.more", rows - MOST));
            more.addClassNames("ls-small", "ls-muted");
            table.add(more);
        }
    }

    /** Those who are not touched stand there as well, as long as there are few. */
    private List<Subject> subjects() {
        return change.subjects().size() > MOST ? change.touched() : change.subjects();
    }

    private NativeTable table() {
        NativeTable changes = new NativeTable();
        changes.addClassNames("ls-table", "ls-changes");
        changes.getElement().setAttribute("aria-label", Texts.of("membership.table"));
        String first = words + (byChoice ? ".choice" : ".subject");
        String second = words + (byChoice ? ".subject" : ".choice");
        changes.getHead().add(new NativeTableRow(header(Texts.of(first)), header(Texts.of(second))));
        if (byChoice) {
            change.changed().stream().limit(MOST).forEach(choice -> changes.getBody()
                    .add(ofChoice(choice)));
        } else {
            subjects().stream().limit(MOST).forEach(subject -> changes.getBody().add(ofSubject(subject)));
        }
        return changes;
    }

    private NativeTableRow ofSubject(Subject subject) {
        return row(
                subject.name(),
                change.added(subject).stream().map(choiceName).toList(),
                change.removed(subject).stream().map(choiceName).toList());
    }

    private NativeTableRow ofChoice(String choice) {
        return row(
                choiceName.apply(choice),
                change.gaining(choice).stream().map(Subject::name).toList(),
                change.losing(choice).stream().map(Subject::name).toList());
    }

    private static NativeTableRow row(String name, Collection<String> added, Collection<String> removed) {
        Span line = new Span(name);
        line.addClassName("ls-name");
        line.setTitle(name);
        NativeTableHeaderCell head = new NativeTableHeaderCell(line);
        head.getElement().setAttribute("scope", "row");
        List<Component> chips = new ArrayList<>();
        added.stream().limit(MOST).forEach(text -> chips.add(chip("membership.plus", text, "added")));
        removed.stream().limit(MOST).forEach(text -> chips.add(chip("membership.minus", text, "removed")));
        int more = added.size() + removed.size() - chips.size();
        if (more > 0) {
            Span rest = new Span(Texts.of("chips.more", more));
            rest.addClassNames("ls-chip", "more");
            chips.add(rest);
        }
        if (chips.isEmpty()) {
            Span none = new Span(Texts.of("membership.unchanged"));
            none.addClassName("ls-muted");
            chips.add(none);
        }
        Div all = new Div();
        all.add(chips);
        all.addClassNames("ls-chips", "ls-wrap");
        return new NativeTableRow(head, new NativeTableCell(all));
    }

    private static Span chip(String key, String text, String look) {
        Span chip = new Span(Texts.of(key, text));
        chip.addClassNames("ls-chip", look);
        chip.setTitle(text);
        return chip;
    }

    private static NativeTableHeaderCell header(String text) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
        cell.getElement().setAttribute("scope", "col");
        return cell;
    }
}
