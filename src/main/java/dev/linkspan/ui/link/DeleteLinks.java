package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.access.Caller;
import dev.linkspan.link.LinkEnd;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkType;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Question;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Deletes links after it has said what goes and what remains on the other side. Offers to have the peers remove their
 * sides too, and says afterwards which of them didn't.
 */
class DeleteLinks extends Question {
    /** How many peers are told at once; each may take 25 s. */
    private static final int AT_ONCE = 8;

    private static final int MOST_NAMED = 50;

    private final LinkTools tools;
    private final Runnable deleted;
    private final AskedAbout<LinkLine> about;
    private final Div body = new Div();
    private final Div question = new Div();
    private final Checkbox tell = new Checkbox(true);
    private final Paragraph remains = new Paragraph();
    private final Span progress = new Span();
    private final ActionButton cancel = new ActionButton(Texts.of("confirm.cancel"), this::close);
    private final ActionButton submit;
    private final Queue<LinkLine> waiting = new ArrayDeque<>();
    private final List<Left> left = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private List<LinkLine> lines = List.of();
    private int told;
    private int done;

    /** A link whose other side remains. */
    private record Left(LinkLine line, LinkEnd end) {}

    private record Failure(LinkLine line, String reason) {}

    /** A dialog for these links; {@code deleted} runs when all are gone. */
    DeleteLinks(LinkTools tools, List<LinkLine> lines, Runnable deleted) {
        this.tools = tools;
        this.deleted = deleted;
        about = tools.asked(lines);
        submit = new ActionButton("", this::delete).look("primary", "error");
        body.addClassName("ls-stack");
        question.addClassName("ls-stack");
        remains.addClassNames("ls-help", "ls-below-box");
        tell.addValueChangeListener(change -> remains.setText(remains()));
        body.add(about, question);
        add(body);
        progress.addClassNames("ls-progress", "ls-small", "ls-muted");
        progress.getElement().setAttribute("role", "status");
        progress.setVisible(false);
        getFooter().add(progress, cancel, submit);
        about.ask(this::ask);
        // So that an Enter too many does nothing.
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                cancel.focus();
            }
        });
    }

    /** Those first that the other side has something of. */
    private static List<LinkLine> sorted(List<LinkLine> lines) {
        return lines.stream()
                .sorted(Comparator.comparing((LinkLine line) -> !knownThere(line)))
                .toList();
    }

    private void ask(List<LinkLine> left) {
        lines = sorted(left);
        question.removeAll();
        if (lines.isEmpty()) {
            onlyClose();
            return;
        }
        setHeaderTitle(
                Texts.of("links.delete.title", lines.size(), lines.getFirst().name()));
        submit.setText(lines.size() == 1 ? Texts.of("links.delete") : Texts.of("links.delete.count", lines.size()));
        question.add(question());
    }

    private Div question() {
        Div text = new Div(new Paragraph(
                lines.size() == 1
                        ? new Sentence(
                                lines.getFirst().grants() ? "links.delete.text" : "links.delete.text.one-way",
                                lines.getFirst().name())
                        : new Sentence(
                                "links.delete.text.many",
                                lines.size(),
                                Names.of(lines, LinkLine::name),
                                lines.stream()
                                        .filter(line -> line.grants() && !line.pending())
                                        .count())));
        text.addClassName("ls-stack");
        List<LinkLine> known = known();
        if (known.isEmpty()) {
            boolean tokens = lines.stream().allMatch(line -> line.pending() && line.type() != LinkType.PUBLIC);
            text.add(new Paragraph(Texts.of(tokens ? "links.delete.pending" : "links.delete.nothing", lines.size())));
            return text;
        }
        tell.setLabel(
                known.size() == 1 && lines.size() > 1
                        ? Texts.of("links.delete.tell.one", known.getFirst().name())
                        : Texts.of("links.delete.tell", known.size()));
        remains.setText(remains());
        Div choice = new Div(tell, remains);
        choice.addClassName("ls-field");
        text.add(choice);
        return text;
    }

    private List<LinkLine> known() {
        return lines.stream().filter(DeleteLinks::knownThere).toList();
    }

    private String remains() {
        List<LinkLine> known = known();
        String key = tell.getValue() ? "links.delete.tell.help" : "links.delete.remains";
        boolean identity = known.stream().allMatch(line -> line.type() == LinkType.UNIDIRECTIONAL);
        return Texts.of(identity ? key + ".identity" : key, known.size());
    }

    /** Whether the other side has something that belongs to the link. */
    private static boolean knownThere(LinkLine line) {
        return !line.pending() && line.type() != LinkType.PUBLIC;
    }

    /** A link that waited may have become active since the question was asked, which is then asked anew. */
    private boolean askAnew() {
        Map<Long, LinkOverview> now = tools.links().overview(tools.me().get()).stream()
                .collect(Collectors.toMap(overview -> overview.link().id(), Function.identity()));
        List<LinkLine> activated = lines.stream()
                .filter(LinkLine::pending)
                .filter(line -> now.containsKey(line.id()))
                .map(line -> new LinkLine(now.get(line.id()), null))
                .filter(line -> !line.pending())
                .toList();
        if (activated.isEmpty()) {
            return false;
        }
        Set<Long> ids = activated.stream().map(LinkLine::id).collect(Collectors.toSet());
        List<LinkLine> current = new ArrayList<>(activated);
        lines.stream().filter(line -> !ids.contains(line.id())).forEach(current::add);
        lines = sorted(current);
        question.removeAll();
        question.add(
                new Notice(
                        Tone.CAUTION,
                        "triangle-alert",
                        new Sentence("links.delete.activated", Names.of(activated, LinkLine::name), activated.size())),
                question());
        return true;
    }

    private void delete() {
        if (askAnew()) {
            return;
        }
        lines = sorted(about.settle());
        waiting.addAll(lines);
        submit.refuse(Texts.of("links.delete.running"));
        cancel.refuse(Texts.of("links.delete.running"));
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        tell.setReadOnly(true);
        showProgress();
        Caller caller = tools.me().get();
        for (int i = 0; i < Math.min(AT_ONCE, lines.size()); i++) {
            next(caller);
        }
    }

    private void next(Caller caller) {
        LinkLine line = waiting.poll();
        if (line == null) {
            return;
        }
        boolean telling = tell.getValue() && knownThere(line);
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> delete(caller, line, telling),
                        end -> {
                            ended(line, end);
                            oneDone(caller);
                        },
                        problem -> {
                            if (!gone(problem)) {
                                failures.add(new Failure(line, LinkProblems.text(problem)));
                            }
                            oneDone(caller);
                        });
    }

    /** Whether somebody else has deleted it meanwhile. */
    private static boolean gone(RuntimeException problem) {
        return problem instanceof ProblemException known && known.is(Problem.LINK_NOT_FOUND);
    }

    /** What became of the other side; null when it wasn't asked. */
    private LinkEnd delete(Caller caller, LinkLine line, boolean telling) {
        if (telling) {
            return tools.links().deleteAndTell(caller, line.id());
        }
        tools.links().delete(caller, line.id());
        return null;
    }

    private void ended(LinkLine line, LinkEnd end) {
        if (end == null) {
            return;
        }
        if (end.remains() == LinkEnd.Remains.NOTHING) {
            told++;
        } else {
            left.add(new Left(line, end));
        }
    }

    private void oneDone(Caller caller) {
        done++;
        showProgress();
        if (done == lines.size()) {
            finish();
        } else {
            next(caller);
        }
    }

    private void showProgress() {
        progress.setVisible(true);
        progress.removeAll();
        progress.add(new Symbol("refresh-cw"), new Span(Texts.of("links.delete.progress", done, lines.size())));
    }

    private void finish() {
        int gone = lines.size() - failures.size();
        if (left.isEmpty() && failures.isEmpty()) {
            close();
        } else {
            showRest();
        }
        if (gone > 0) {
            Toast.done(
                    lines.size() == 1
                            ? new Sentence(
                                    told == 1 ? "links.deleted.both" : "links.deleted",
                                    lines.getFirst().name())
                            : new Sentence("links.deleted.many", gone, told));
        }
        if (failures.isEmpty()) {
            deleted.run();
        }
    }

    /** What didn't go, and what has to be removed by hand on the other side. */
    private void showRest() {
        setHeaderTitle(Texts.of(failures.isEmpty() ? "links.delete.left.title" : "links.delete.failed.title"));
        body.removeAll();
        if (!failures.isEmpty()) {
            UnorderedList list = list();
            failures.stream()
                    .limit(MOST_NAMED)
                    .forEach(failure -> list.add(item(failure.line().name(), failure.reason())));
            body.add(new Notice(
                    Tone.NEGATIVE,
                    "circle-alert",
                    new Paragraph(Texts.of("links.delete.failures", failures.size())),
                    list));
        }
        if (!left.isEmpty()) {
            UnorderedList list = list();
            left.stream()
                    .limit(MOST_NAMED)
                    .forEach(one -> list.add(item(
                            one.line().name(),
                            Texts.of(
                                    "links.delete.left."
                                            + one.end().remains().name().toLowerCase(),
                                    one.end().detail()))));
            if (left.size() > MOST_NAMED) {
                list.add(new ListItem(Texts.of("membership.more", left.size() - MOST_NAMED)));
            }
            body.add(new Notice(
                    Tone.CAUTION,
                    "triangle-alert",
                    new Paragraph(Texts.of(
                            "links.delete.left",
                            left.size(),
                            tools.server().info(tools.me().get()).name())),
                    list));
        }
        onlyClose();
        setCloseOnEsc(true);
    }

    private static UnorderedList list() {
        UnorderedList list = new UnorderedList();
        list.addClassNames("ls-may", "ls-long-list");
        return list;
    }

    private static ListItem item(String name, String text) {
        return new ListItem(new Strong(name), new Span(" " + text));
    }
}
