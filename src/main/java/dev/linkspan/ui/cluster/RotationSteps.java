package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.Rotation;
import dev.linkspan.link.RotationLink;
import dev.linkspan.link.RotationResult;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Changes the certificate step by step: prepares the next one, shows for each link what would become of it, tells those
 * that have to be told, and puts it in force.
 */
class RotationSteps extends Div {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofSeconds(15);
    /** Beyond so many links one asks again oneself: each time all peers are called. */
    private static final int MOST_ASKED_AGAIN = 50;

    private final ClusterTools tools;
    private final Div body = new Div();
    private final Div problem = new Div();
    private final Span since = new Span();
    private final Span progress = new Span(new Symbol("refresh-cw"), new Span(Texts.of("rotation.asking")));
    private final TokensOut tokens;
    private final ActionButton prepare;
    private final ActionButton force;
    private final ActionButton tell;
    private final ActionButton again;
    private final ActionButton cancel;
    private ActionButton primary;
    private String refusal;
    private boolean running;
    private boolean askingAgain;
    private Rotation shown;
    private volatile Instant shownAt = Instant.EPOCH;

    RotationSteps(ClusterTools tools) {
        this.tools = tools;
        refusal = tools.refusal();
        tokens = new TokensOut(tools);
        addClassNames("ls-section");
        body.addClassName("ls-stack");
        progress.addClassNames("ls-progress", "ls-small", "ls-muted");
        progress.getElement().setAttribute("role", "status");
        prepare = button("rotation.prepare", this::prepare).look("primary");
        force = button("rotation.force", () -> askToForce(shown));
        tell = button("rotation.tell", () -> askToTell(shown));
        again = button("rotation.ask-again", this::askAgain);
        cancel = button("rotation.cancel", this::askToCancel).look("error");
        offer(List.of());
        Div buttons = new Div(prepare, tell, again, force, cancel);
        buttons.addClassNames("ls-row", "ls-wrap", "ls-below");
        add(new H2(Texts.of("rotation")), problem, progress, body, buttons);
        tools.live().follow(this, this::isNews, event -> ask());
        tools.live().repeat(this, PAUSE, this::askWhileAnyWaits);
        tools.live().refresh(this, Live::trust, this::followRights);
        tools.live().refresh(this, Live::trust, this::askWhileLinksChange);
        tools.live().repeat(this, TICK, this::showSince);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        begin();
    }

    private void begin() {
        if (refusal == null) {
            ask();
            return;
        }
        shown = null;
        progress.setVisible(false);
        body.removeAll();
        body.add(explanation());
        offer(List.of(prepare));
    }

    /** What the caller may do can change while the page is open. */
    private void followRights() {
        String now = tools.refusal();
        if (!Objects.equals(now, refusal)) {
            refusal = now;
            buttons().forEach(button -> button.refuse(now));
            begin();
        }
    }

    private List<ActionButton> buttons() {
        return List.of(prepare, force, tell, again, cancel);
    }

    /** The buttons that are there; they stay the same, as one of them may have the focus. */
    private void offer(List<ActionButton> offered) {
        buttons().forEach(button -> button.setVisible(offered.contains(button)));
    }

    private void ask() {
        if (refusal != null) {
            return;
        }
        Caller me = tools.me().get();
        work(() -> tools.rotations().rotation(me), "rotation.failed", () -> {});
    }

    private void askAgain() {
        Caller me = tools.me().get();
        work(
                () -> tools.rotations().rotation(me),
                "rotation.failed",
                () -> Toast.done(new Sentence("rotation.asked", shown.links().size())));
    }

    /** Peers read the next certificate when they ask us next, of which nobody is told. */
    private void askWhileAnyWaits() {
        if (shown != null && !shown.breaking().isEmpty()) {
            askQuietly();
        }
    }

    /** While a next certificate is prepared, links and identities of linked clusters may come and go. */
    private void askWhileLinksChange() {
        if (shown != null && shown.next() != null) {
            askQuietly();
        }
    }

    private void askQuietly() {
        if (running || askingAgain || refusal != null || shown.links().size() > MOST_ASKED_AGAIN) {
            return;
        }
        askingAgain = true;
        Rotation before = shown;
        Caller me = tools.me().get();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> tools.rotations().rotation(me),
                        rotation -> {
                            askingAgain = false;
                            // What somebody does here meanwhile comes first, and shows what comes of it.
                            if (!running && before == shown) {
                                show(rotation);
                            }
                        },
                        problem -> askingAgain = false);
    }

    /**
     * Does something in the background and shows what comes of it.
     *
     * @param done says so
     */
    private void work(Supplier<Rotation> work, String failed, Runnable done) {
        if (running) {
            return;
        }
        running = true;
        problem.removeAll();
        progress.setVisible(true);
        tools.background()
                .run(
                        UI.getCurrent(),
                        work,
                        rotation -> {
                            show(rotation);
                            done.run();
                        },
                        cause -> failed(failed, cause));
    }

    private void failed(String title, RuntimeException cause) {
        running = false;
        progress.setVisible(false);
        problem.add(Notice.problem(Texts.of(title), message(cause)));
    }

    private static String message(RuntimeException cause) {
        if (!(cause instanceof ProblemException known)) {
            return Texts.of("problem.unknown");
        }
        boolean others = known.is(Problem.NO_ROTATION) || known.is(Problem.ROTATION_CHANGED);
        return others ? Texts.of("rotation.changed") : known.getMessage();
    }

    /** What was done here is shown already. */
    private boolean isNews(LifecycleEvent event) {
        return event.action().startsWith("cluster-certificate-") && event.at().isAfter(shownAt);
    }

    private void show(Rotation rotation) {
        running = false;
        shownAt = Instant.now();
        progress.setVisible(false);
        if (rotation.equals(shown)) {
            return;
        }
        shown = rotation;
        body.removeAll();
        if (rotation.next() != null) {
            showPrepared(rotation);
            return;
        }
        if (rotation.previous() != null) {
            showOverlap(rotation);
        }
        body.add(explanation());
        boolean some = rotation.previous() != null && !rotation.links().isEmpty();
        offer(some ? List.of(prepare, again) : List.of(prepare));
        lead(prepare);
    }

    private static Component explanation() {
        Paragraph text = new Paragraph(new Sentence("rotation.text"));
        text.addClassName("ls-prose");
        return text;
    }

    private void showSince() {
        if (shown != null && shown.nextSince() != null) {
            since.setText(Times.of(UI.getCurrent()).ago(shown.nextSince()));
        }
    }

    private void showPrepared(Rotation rotation) {
        Facts facts =
                new Facts().withFingerprint("rotation.next", rotation.next()).with("rotation.since", since);
        showSince();
        Div box = new Div(new Div(facts));
        box.addClassName("ls-plain-card");
        body.add(box);
        List<RotationLink> breaking = rotation.breaking();
        body.add(verdict(rotation, breaking), tokens);
        if (!rotation.links().isEmpty()) {
            body.add(new RotationTable(rotation.links(), false));
        }
        boolean toBeTold = count(breaking, RotationResult.TO_BE_TOLD) > 0;
        boolean canBeTold = toBeTold || count(breaking, RotationResult.WAITING) > 0;
        offer(canBeTold ? List.of(force, tell, again, cancel) : List.of(force, again, cancel));
        lead(breaking.isEmpty() ? force : toBeTold ? tell : again);
    }

    /** The one primary button. */
    private void lead(ActionButton next) {
        primary = next;
        List.of(force, tell, again).forEach(button -> button.setThemeName("primary", button == primary));
    }

    /** After a step of one's own one goes on with the next. */
    private void goOn(String said) {
        Toast.done(new Sentence(said));
        (shown.next() == null ? prepare : primary).focus();
    }

    private static Component verdict(Rotation rotation, List<RotationLink> breaking) {
        if (rotation.links().isEmpty()) {
            return new Notice(Tone.POSITIVE, "circle-check", new Sentence("rotation.no-links"));
        }
        if (breaking.isEmpty()) {
            return new Notice(
                    Tone.POSITIVE,
                    "circle-check",
                    new Sentence("rotation.none-breaks", rotation.links().size()));
        }
        return new Notice(
                Tone.CAUTION,
                "triangle-alert",
                new Sentence(
                        "rotation.breaks", breaking.size(), rotation.links().size()),
                new Div(whatToDo(breaking)));
    }

    private static String whatToDo(List<RotationLink> breaking) {
        long waiting = count(breaking, RotationResult.WAITING);
        long told = count(breaking, RotationResult.TO_BE_TOLD);
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("rotation.breaks.told", told);
        counts.put("rotation.breaks.waiting", waiting);
        counts.put("rotation.breaks.noted", breaking.size() - waiting - told);
        return counts.entrySet().stream()
                .filter(what -> what.getValue() > 0)
                .map(what -> Texts.of(what.getKey(), what.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static long count(List<RotationLink> links, RotationResult result) {
        return links.stream().filter(link -> link.result() == result).count();
    }

    private void showOverlap(Rotation rotation) {
        Times times = Times.of(UI.getCurrent());
        List<RotationLink> breaking = rotation.breaking();
        Notice notice = breaking.isEmpty()
                ? new Notice(
                        Tone.POSITIVE,
                        "circle-check",
                        new Sentence("rotation.overlap.done", times.at(rotation.previousUntil())))
                : new Notice(
                        Tone.CAUTION,
                        "triangle-alert",
                        new Sentence("rotation.overlap", breaking.size(), times.at(rotation.previousUntil())));
        body.add(notice);
        if (!rotation.links().isEmpty()) {
            body.add(new RotationTable(rotation.links(), true));
        }
    }

    private ActionButton button(String key, Runnable action) {
        return new ActionButton(Texts.of(key), action).refuse(refusal);
    }

    private void prepare() {
        Caller me = tools.me().get();
        work(
                () -> {
                    tools.rotations().prepare(me);
                    return tools.rotations().rotation(me);
                },
                "rotation.prepare.failed",
                () -> goOn("rotation.prepared"));
    }

    private void askToTell(Rotation rotation) {
        Confirmation.change(
                Texts.of("rotation.tell.title"),
                Texts.of("rotation.tell"),
                () -> tell(rotation),
                new Paragraph(Texts.of("rotation.tell.text")));
    }

    private void tell(Rotation rotation) {
        Caller me = tools.me().get();
        work(() -> tools.rotations().tell(me, rotation.next()), "rotation.tell.failed", () -> goOn("rotation.told"));
    }

    private void askToForce(Rotation rotation) {
        List<RotationLink> breaking = rotation.breaking();
        Paragraph text = new Paragraph(Texts.of("rotation.force.text"));
        if (breaking.isEmpty()) {
            Confirmation.weigh(
                    Texts.of("rotation.force.title"),
                    Texts.of("rotation.force"),
                    () -> force(rotation, false),
                    text,
                    tokens.again());
            return;
        }
        Confirmation.destroy(
                Texts.of("rotation.force.title"),
                Texts.of("rotation.force.anyway", breaking.size()),
                () -> force(rotation, true),
                text,
                new Paragraph(
                        new Sentence("rotation.force.breaks", breaking.size(), Names.of(breaking, RotationLink::name))),
                tokens.again());
    }

    private void force(Rotation rotation, boolean anyway) {
        Caller me = tools.me().get();
        work(
                () -> {
                    tools.rotations().putInForce(me, rotation.next(), anyway);
                    return tools.rotations().rotation(me);
                },
                "rotation.force.failed",
                () -> goOn("rotation.forced"));
    }

    private void askToCancel() {
        Confirmation.destroy(
                Texts.of("rotation.cancel.title"),
                Texts.of("rotation.cancel"),
                this::cancel,
                new Paragraph(Texts.of("rotation.cancel.text")));
    }

    private void cancel() {
        Caller me = tools.me().get();
        work(
                () -> {
                    tools.rotations().cancel(me);
                    return tools.rotations().rotation(me);
                },
                "rotation.cancel.failed",
                () -> goOn("rotation.cancelled"));
    }
}
