package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.server.VaadinSession;
import java.time.Instant;

/** Says at the edge of the page that something was done, for a few seconds; {@link Notifications} has it longer. */
public final class Toast {
    private static final int SECONDS_FOR_DONE = 6;
    private static final int SECONDS_FOR_PROBLEM = 12;

    private Toast() {}

    /** An action that was done. */
    public static void done(Component text) {
        show("circle-check", Tone.POSITIVE, text, SECONDS_FOR_DONE);
    }

    /** The same, on the page that this tab loads next. */
    public static void doneBefore(String text) {
        VaadinSession.getCurrent().setAttribute(leftFor(UI.getCurrent()), text);
    }

    /** Says what was left to the page that this tab has loaded. */
    public static void sayWhatWasLeft(UI page) {
        String left = leftFor(page);
        if (page.getSession().getAttribute(left) instanceof String text) {
            page.getSession().setAttribute(left, null);
            done(new Span(text));
        }
    }

    /** A tab keeps its name when it loads another page. */
    private static String leftFor(UI page) {
        return Toast.class.getName() + page.getPage().getExtendedClientDetails().getWindowName();
    }

    /** An action that failed where there is no panel to say so. */
    public static void problem(String text) {
        show("circle-alert", Tone.NEGATIVE, new Span(text), SECONDS_FOR_PROBLEM);
    }

    /** Something that one has to know and didn't ask for. */
    public static void notice(String text) {
        caution(new Span(text));
    }

    /** An action that was done, with a result to look at. */
    public static void caution(Component text) {
        show("triangle-alert", Tone.CAUTION, text, SECONDS_FOR_PROBLEM);
    }

    private static void show(String symbol, Tone tone, Component text, int seconds) {
        Told told = Told.on(UI.getCurrent());
        Told.Entry entry =
                new Told.Entry(Instant.now(), symbol, tone, text.getElement().getTextRecursively(), 1);
        Notification notification = new Notification();
        told.add(entry);
        told.show(entry.text(), notification);
        notification.setDuration(seconds * 1000);
        notification.setPosition(Notification.Position.BOTTOM_END);
        ActionButton close = ActionButton.icon(Texts.of("toast.close"), "x", notification::close)
                .look("small");
        Div content = new Div(new Symbol(symbol), text, close);
        content.addClassNames("ls-toast", "toast-notification", tone.styleName());
        notification.add(content);
        notification.open();
    }
}
