package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Between toolbar and table while rows are picked: how many, picking all or none, and what can be done with them. */
public class SelectionBar<T> extends Div {
    private final Selection<T> selection;
    private final Rows<T> rows;
    private final Strong count = new Strong("");
    private final Span hidden = new Span();
    private final NativeButton all = link("", this::pickAll);
    private final NativeButton clear;

    /**
     * A bar for a selection.
     *
     * @param rows those of the table
     * @param actions buttons, the destructive one last
     */
    public SelectionBar(Selection<T> selection, Rows<T> rows, Component... actions) {
        this.selection = selection;
        this.rows = rows;
        addClassName("ls-selection");
        getElement().setAttribute("role", "status");
        Span room = new Span();
        room.addClassName("ls-grow");
        Div buttons = new Div(actions);
        buttons.addClassName("ls-row");
        clear = link(Texts.of("selection.clear"), selection::clear);
        clear.addClassName("ls-clear");
        hidden.addClassName("ls-muted");
        add(count, hidden, all, clear, room, buttons);
        rows.addDataProviderListener(change -> update());
        update();
    }

    private void update() {
        setVisible(!selection.isEmpty());
        if (selection.isEmpty()) {
            return;
        }
        int most = selection.most(rows.shown());
        count.getElement()
                .setText(
                        Texts.of("selection.count", selection.size(), rows.all().size()));
        all.setText(Texts.of("selection.all.count", most));
        all.setVisible(!selection.held() && selection.size() < most);
        clear.setVisible(!selection.held());
        List<T> shown = rows.shown();
        long unseen =
                selection.size() - shown.stream().filter(selection::contains).count();
        hidden.setText(Texts.of("selection.hidden", unseen));
        hidden.setVisible(unseen > 0);
    }

    private void pickAll() {
        selection.add(rows.shown());
    }

    private static NativeButton link(String text, Runnable action) {
        NativeButton link = new NativeButton(text, click -> action.run());
        link.addClassName("ls-link");
        link.getElement().setAttribute("type", "button");
        return link;
    }
}
