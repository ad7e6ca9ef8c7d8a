package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.shared.Registration;

/** What the page's toasts have said, after they are gone. */
public class Notifications extends Dialog {
    private final transient Told told;
    private final ActionButton clear = new ActionButton(Texts.of("notifications.clear"), this::clear);
    private final ActionButton close = new ActionButton(Texts.of("notifications.close"), this::close).look("primary");

    private Notifications(Told told) {
        this.told = told;
        addClassName("ls-told-dialog");
        setHeaderTitle(Texts.of("notifications.title"));
        getFooter().add(clear, close);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        Registration following = told.follow(this::show);
        addDetachListener(detach -> {
            detach.unregisterListener();
            following.remove();
        });
        close.focus();
    }

    private void show() {
        removeAll();
        clear.setVisible(!told.newestFirst().isEmpty());
        if (told.newestFirst().isEmpty()) {
            add(new Paragraph(Texts.of("notifications.none")));
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("ls-told");
        list.getElement().setAttribute("tabindex", "0");
        Times times = Times.of(UI.getCurrent());
        told.newestFirst().forEach(entry -> list.add(item(entry, times)));
        add(list);
    }

    private ListItem item(Told.Entry entry, Times times) {
        Symbol symbol = new Symbol(entry.symbol());
        symbol.addClassName(entry.tone().styleName());
        Span time = new Span(times.ago(entry.at()));
        time.addClassNames("ls-time", "ls-number");
        time.setTitle(times.exactly(entry.at()));
        String text = entry.times() == 1 ? entry.text() : Texts.of("notifications.times", entry.text(), entry.times());
        ActionButton remove = ActionButton.icon(Texts.of("notifications.remove", text), "x", () -> remove(entry))
                .look("small");
        return new ListItem(symbol, new Paragraph(text), time, remove);
    }

    /** Once it is gone the others are gone to from the button that closes. */
    private void remove(Told.Entry entry) {
        told.remove(entry);
        close.focus();
    }

    private void clear() {
        told.clear();
        close();
    }

    /** A button that says how many there are and opens them. */
    public static NativeButton button() {
        return new Bell();
    }

    private static class Bell extends NativeButton {
        private final Span count = new Span();

        Bell() {
            add(new Symbol("bell"), count);
            getElement().setAttribute("type", "button").setAttribute("aria-haspopup", "dialog");
            addClickListener(click -> new Notifications(Told.on(UI.getCurrent())).open());
        }

        @Override
        protected void onAttach(AttachEvent attach) {
            super.onAttach(attach);
            Told told = Told.on(attach.getUI());
            Registration following = told.follow(() -> show(told.newestFirst().size()));
            addDetachListener(detach -> {
                detach.unregisterListener();
                following.remove();
            });
        }

        private void show(int number) {
            count.setText(Texts.of("notifications.count", number));
            setClassName("ls-any", number > 0);
        }
    }
}
