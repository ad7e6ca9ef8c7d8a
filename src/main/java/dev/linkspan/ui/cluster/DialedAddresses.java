package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.access.Caller;
import dev.linkspan.link.AddressService;
import dev.linkspan.link.DialedAddress;
import dev.linkspan.link.DialedAddress.Reach;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.StatusLine;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The addresses that a trust token will carry, tried out before it is made. */
public class DialedAddresses extends Div {
    private final AddressService addresses;
    private final Background background;
    private final CurrentCaller me;
    private final Div results = new Div();
    private Consumer<List<DialedAddress>> listener = dialed -> {};
    private String advice = "dialed.advice";

    public DialedAddresses(AddressService addresses, Background background, CurrentCaller me) {
        this.addresses = addresses;
        this.background = background;
        this.me = me;
        Span label = new Span(Texts.of("dialed"));
        label.addClassName("ls-label");
        addClassName("ls-field");
        results.addClassName("ls-read");
        results.getElement().setAttribute("aria-live", "polite");
        add(label, results);
    }

    /** Leaves the command of the advice out, where the page has it to copy. */
    public DialedAddresses withoutCommand() {
        advice = "dialed.advice.short";
        return this;
    }

    /** Tells what they answered. */
    public void onDialed(Consumer<List<DialedAddress>> told) {
        listener = told;
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        results.removeAll();
        results.add(checking());
        Caller caller = me.get();
        background.run(UI.getCurrent(), () -> addresses.test(caller), this::show, this::failed);
    }

    private static Component checking() {
        Span checking = new Span(new Symbol("refresh-cw"), new Span(Texts.of("dialed.checking")));
        checking.addClassNames("ls-progress", "ls-small", "ls-muted");
        return checking;
    }

    private void show(List<DialedAddress> dialed) {
        results.removeAll();
        dialed.forEach(address -> results.add(row(address)));
        boolean limited = dialed.stream()
                .anyMatch(address ->
                        address.reach() != Reach.PUBLIC || !address.problem().isEmpty());
        if (limited) {
            results.add(advice());
        }
        listener.accept(dialed);
    }

    private Sentence advice() {
        Sentence words = new Sentence(advice);
        words.addClassName("ls-small");
        return words;
    }

    private static Component row(DialedAddress address) {
        Code code = new Code();
        code.setText(address.address());
        code.setTitle(address.address());
        code.addClassName("ls-cut");
        Div row = new Div(code, new StatusLine(status(address)));
        row.addClassName("ls-dialed");
        return row;
    }

    private static Status status(DialedAddress address) {
        String reach = Texts.of("dialed." + address.reach().name().toLowerCase(Locale.ROOT));
        if (!address.problem().isEmpty()) {
            return new Status("circle-alert", Tone.NEGATIVE, Texts.of("dialed.silent", address.problem()), reach);
        }
        boolean only = address.reach() == Reach.LOOPBACK;
        return address.reach() == Reach.PUBLIC
                ? new Status("circle-check", Tone.POSITIVE, Texts.of("dialed.answers"), reach)
                : new Status(
                        "triangle-alert",
                        Tone.CAUTION,
                        Texts.of(only ? "dialed.answers.here" : "dialed.answers"),
                        reach);
    }

    private void failed(RuntimeException problem) {
        results.removeAll();
        String message = problem instanceof ProblemException known ? known.getMessage() : Texts.of("problem.unknown");
        results.add(new StatusLine(new Status("circle-alert", Tone.NEGATIVE, message, "")));
        results.add(advice());
        listener.accept(List.of());
    }
}
