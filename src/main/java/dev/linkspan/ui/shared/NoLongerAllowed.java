package dev.linkspan.ui.shared;

import com.vaadin.flow.component.html.Div;
import java.util.Objects;

/** Says at the top of a form that one may save it no more; what was entered stays in sight. */
public class NoLongerAllowed extends Div {
    private boolean wasAllowed;
    private String said;

    public NoLongerAllowed() {
        setVisible(false);
        getElement().setAttribute("aria-live", "polite");
    }

    /** Takes note of why one may not save it by now; null when one may. */
    public void show(String refusal) {
        wasAllowed |= refusal == null;
        String why = wasAllowed ? refusal : null;
        if (Objects.equals(why, said)) {
            return;
        }
        said = why;
        removeAll();
        setVisible(why != null);
        if (why != null) {
            add(new Notice(Tone.CAUTION, "triangle-alert", new Sentence("no-longer-allowed", why)));
        }
    }
}
