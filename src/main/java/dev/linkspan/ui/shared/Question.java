package dev.linkspan.ui.shared;

import com.vaadin.flow.component.dialog.Dialog;

/** Asks before something that can't be undone, with more in it than a {@link Confirmation} has room for. */
public abstract class Question extends Dialog {
    protected Question() {
        addClassName("ls-question");
    }

    /** Leaves nothing to do but to close. */
    protected void onlyClose() {
        ActionButton close = new ActionButton(Texts.of("panel.close"), this::close).look("primary");
        getFooter().removeAll();
        getFooter().add(close);
        close.focus();
    }
}
