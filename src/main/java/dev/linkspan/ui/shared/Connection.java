package dev.linkspan.ui.shared;

import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import java.time.Duration;
import java.util.UUID;

/**
 * Says in words whether the page is live. When it is loaded anew, by hand, after a restart of the server or because one was signed out, what was typed
 * and chosen is put back, and what couldn't be is said to be gone.
 */
@Tag("linkspan-connection")
public class Connection extends HtmlContainer {
    /** Tells one run of the server from another. */
    private static final String RUN = UUID.randomUUID().toString();

    private final transient Background background;

    /**
     * Whether the reader's page is live.
     *
     * @param who the row of the reader's identity: what was typed comes back to them only
     */
    public Connection(Background background, long who) {
        this.background = background;
        getElement().setAttribute("data-who", String.valueOf(who)).setAttribute("data-run", RUN);
        say(this);
        getElement().setAttribute("role", "status");
    }

    /** The same words in another place, which are not announced a second time. */
    public static Span sign() {
        Span sign = new Span();
        say(sign);
        return sign;
    }

    /** What stands beside the buttons that save something while the page is not live. */
    public static Span warning() {
        Span lost = new Span(new Symbol("unplug"), new Span(Texts.of("frame.lost.warning")));
        lost.addClassName("ls-when-lost");
        Span warning = new Span(lost);
        warning.addClassNames("ls-live", "ls-small");
        return warning;
    }

    private static void say(HtmlContainer place) {
        Span live = new Span(new Symbol("radio"), new Span(Texts.of("frame.live")));
        live.addClassName("ls-when-live");
        Span lost = new Span(new Symbol("unplug"), new Span(Texts.of("frame.lost")));
        lost.addClassName("ls-when-lost");
        place.addClassName("ls-live");
        place.add(live, lost);
    }

    /** By a push message, as its arrival is what makes the page live. */
    @ClientCallable
    private void answer() {
        background.after(Duration.ZERO, UI.getCurrent(), () -> getElement().callJsFunction("show", true));
    }

    @ClientCallable
    private void cameBack(int back, boolean lost, boolean restarted) {
        String words = back == 0 ? "nothing" : lost ? "some" : "all";
        Toast.notice(Texts.of(
                "frame.back",
                Texts.of(restarted ? "frame.back.restarted" : "frame.back.anew"),
                Texts.of("frame.back." + words)));
    }
}
