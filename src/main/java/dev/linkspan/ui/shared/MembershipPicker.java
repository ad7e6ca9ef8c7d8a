package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.ui.shared.MembershipChange.Share;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/**
 * Ticks choices for one subject or several: each for all, for some or for none. What changes is said below the choice
 * with the names of those whom it concerns.
 */
public class MembershipPicker extends Div {
    /**
     * Something that subjects can have.
     *
     * @param row by what it stays the same when it gets another name
     * @param description may be empty
     * @param refusal why it can't be ticked; null when it can
     */
    public record Choice(String id, long row, String name, String description, String refusal) {}

    /**
     * What stands below a choice that was made.
     *
     * @param text what comes with it
     * @param link words of the address where one reads more; null for none
     * @param address opens in a window of its own
     */
    public record Note(String text, String link, String address) {}

    private static final Note NOTHING = new Note("", null, null);
    private static final int SEARCH_FROM = 6;
    private static final int WITHOUT_SCROLLING = 12;
    private static final String CHOICE = """
            <div class="ls-choice" title="${item.refusal}">
              <vaadin-checkbox aria-keyshortcuts="X" .checked="${item.share === 'ALL'}"
                .indeterminate="${item.share === 'SOME'}" .disabled="${item.refusal !== ''}"
                @click="${(event) => { event.preventDefault(); toggle(); }}">
                <label slot="label"><strong>${item.name}</strong> <span class="ls-muted">${item.description}</span></label>
              </vaadin-checkbox>
              ${item.note ? html`<span class="ls-under">${item.note}
                ${item.link ? html`<a href="${item.address}" target="_blank">${item.link}</a>` : ''}</span>` : ''}
            </div>""";

    private final String words;
    private final Consumer<MembershipChange> toggled;
    private final Rows<Choice> rows = new Rows<>(Choice::id, Map.of());
    private final Grid<Choice> list = new Grid<>();
    private SearchField search;
    private final Paragraph noneFound = new Paragraph();
    private MembershipChange change;
    private Function<Choice, Note> notes = this::note;

    /**
     * A picker that shows a change, and tells what it would be after a click.
     *
     * @param words the beginning of the keys of its texts
     * @param choices in the order in which they are shown after those that somebody has
     */
    public MembershipPicker(
            String words, List<Choice> choices, MembershipChange change, Consumer<MembershipChange> toggled) {
        this.words = words;
        this.change = change;
        this.toggled = toggled;
        addClassName("ls-field");
        Span label = new Span(Texts.of(words + ".label"));
        label.addClassName("ls-label");
        add(label);
        if (choices.size() >= SEARCH_FROM) {
            search = new SearchField(Texts.of(words + ".search.label"), Texts.of(words + ".search"), this::search);
            search.setWidthFull();
            add(search);
        }
        prepareList(choices);
        noneFound.addClassNames("ls-muted", "ls-small");
        add(list, noneFound);
    }

    /** Says below the label what the choice is about. */
    public MembershipPicker help(String text) {
        Paragraph help = new Paragraph(text);
        help.addClassName("ls-help");
        addComponentAtIndex(1, help);
        return this;
    }

    /** Says these notes below what is ticked, instead of the names of those whom it concerns. */
    public MembershipPicker notes(Function<Choice, Note> ofTicked) {
        notes = choice -> change.after(choice.id()) == Share.ALL ? ofTicked.apply(choice) : NOTHING;
        rows.refreshAll();
        return this;
    }

    /** Where one begins: the field that searches the choices, when there are so many that it is there. */
    public Optional<Focusable<?>> firstField() {
        return Optional.ofNullable(search);
    }

    /** Has the browser keep what is ticked; only what can be ticked comes back. */
    public void keep(UndoStack<MembershipChange> steps) {
        steps.kept(new TypeReference<Map<String, Boolean>>() {}, MembershipPicker::kept, wanted -> {
            Map<String, Boolean> possible = new HashMap<>();
            rows.all().stream()
                    .filter(choice -> choice.refusal() == null && wanted.get(choice.id()) != null)
                    .forEach(choice -> possible.put(choice.id(), wanted.get(choice.id())));
            return steps.now().wanting(possible);
        });
    }

    private static Map<String, Boolean> kept(MembershipChange change) {
        return change.isEmpty() ? null : change.wanted();
    }

    /** Shows that change. */
    public void show(MembershipChange current) {
        change = current;
        rows.refreshAll();
    }

    private void prepareList(List<Choice> choices) {
        offer(choices);
        list.addClassName("ls-choices");
        list.setSelectionMode(Grid.SelectionMode.NONE);
        list.getElement().setProperty("accessibleName", Texts.of(words + ".label"));
        list.addColumn(LitRenderer.<Choice>of(CHOICE)
                .withProperty("name", Choice::name)
                .withProperty("description", Choice::description)
                .withProperty("refusal", choice -> choice.refusal() == null ? "" : choice.refusal())
                .withProperty("share", choice -> change.after(choice.id()).name())
                .withProperty("note", choice -> notes.apply(choice).text())
                .withProperty("link", choice -> notes.apply(choice).link())
                .withProperty("address", choice -> notes.apply(choice).address())
                .withFunction("toggle", this::toggle));
        list.setPartNameGenerator(choice -> change.after(choice.id()) == change.before(choice.id()) ? null : "picked");
        list.setDataProvider(rows);
    }

    private void offer(List<Choice> choices) {
        rows.show(choices.stream()
                .sorted(Comparator.comparing(choice -> change.before(choice.id()) == Share.NONE))
                .toList());
        list.setAllRowsVisible(choices.size() <= WITHOUT_SCROLLING);
        noneFound.setText(Texts.of(words + ".none"));
        noneFound.setVisible(choices.isEmpty());
        list.setVisible(!choices.isEmpty());
    }

    /**
     * What has become of choices that were to change.
     *
     * @param gone the names of those that are deleted; what was chosen of them is taken back
     * @param renamed the new id of each that has another one, by the old one
     */
    public record Followed(List<String> gone, Map<String, String> renamed) {
        /** What somebody has done to these groups, for {@link Meanwhile#changed}. */
        public List<String> ofGroups() {
            List<String> what = new ArrayList<>();
            if (!gone.isEmpty()) {
                what.add(Texts.of("meanwhile.groups.deleted", gone.size(), Names.of(gone, name -> name)));
            }
            renamed.forEach((before, now) -> what.add(Texts.of("meanwhile.groups.renamed", before, now)));
            return what;
        }

        /** What these ids are by now. */
        public Set<String> now(Collection<String> ids) {
            return ids.stream().map(id -> renamed.getOrDefault(id, id)).collect(Collectors.toSet());
        }
    }

    /** These choices with the rows behind them, by which {@link #now} knows them again. */
    public Map<Long, String> rowsOf(Collection<String> ids) {
        return rows.all().stream()
                .filter(choice -> ids.contains(choice.id()))
                .collect(Collectors.toMap(Choice::row, Choice::id));
    }

    /** What choices that were called so once are by now. */
    public Set<String> now(Map<Long, String> once) {
        Map<Long, String> current = rows.all().stream().collect(Collectors.toMap(Choice::row, Choice::id));
        return once.entrySet().stream()
                .map(choice -> current.getOrDefault(choice.getKey(), choice.getValue()))
                .collect(Collectors.toSet());
    }

    /** Takes note of the choices that there are by now. */
    public Followed follow(List<Choice> choices, UndoStack<MembershipChange> steps) {
        return follow(choices, steps, change -> change);
    }

    /**
     * The same when the subjects have changed too: no state in between is shown.
     *
     * @param onto puts a change on the subjects as they are by now
     */
    public Followed follow(
            List<Choice> choices, UndoStack<MembershipChange> steps, UnaryOperator<MembershipChange> onto) {
        List<Choice> before = rows.all();
        if (Set.copyOf(choices).equals(Set.copyOf(before))) {
            steps.rebase(onto);
            return new Followed(List.of(), Map.of());
        }
        Map<Long, String> then = before.stream().collect(Collectors.toMap(Choice::row, Choice::id));
        Map<String, String> renamed = choices.stream()
                .filter(choice -> !then.getOrDefault(choice.row(), choice.id()).equals(choice.id()))
                .collect(Collectors.toMap(choice -> then.get(choice.row()), Choice::id));
        Set<Long> there = choices.stream().map(Choice::row).collect(Collectors.toSet());
        Set<String> ids = choices.stream().map(Choice::id).collect(Collectors.toSet());
        Set<String> wanted = steps.now().changed();
        List<Choice> gone = before.stream()
                .filter(choice -> wanted.contains(choice.id()) && !there.contains(choice.row()))
                .toList();
        offer(choices);
        steps.rebase(change -> onto.apply(gone.stream()
                .map(Choice::id)
                .reduce(change, MembershipChange::without, (one, other) -> other)
                .renamed(renamed)
                .among(ids)));
        return new Followed(gone.stream().map(Choice::name).toList(), renamed);
    }

    private void toggle(Choice choice) {
        if (choice.refusal() == null) {
            toggled.accept(change.toggled(choice.id()));
        }
    }

    private Note note(Choice choice) {
        List<Subject> gaining = change.gaining(choice.id());
        List<Subject> losing = change.losing(choice.id());
        String what;
        if (!gaining.isEmpty()) {
            what = Texts.of("membership.added", Names.of(gaining, Subject::name));
        } else if (!losing.isEmpty()) {
            what = Texts.of("membership.removed", Names.of(losing, Subject::name));
        } else {
            return NOTHING;
        }
        boolean some = change.before(choice.id()) == Share.SOME;
        return new Note(some ? Texts.of("membership.had", change.count(choice.id()), what) : what, null, null);
    }

    private void search(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        rows.filter(choice -> choice.name().toLowerCase(Locale.ROOT).contains(wanted)
                || choice.description().toLowerCase(Locale.ROOT).contains(wanted));
        boolean none = rows.shown().isEmpty();
        list.setVisible(!none);
        noneFound.setText(Texts.of(words + ".none-found", text));
        noneFound.setVisible(none);
    }
}
