package dev.linkspan.ui.shared;

import com.vaadin.flow.component.combobox.ComboBox;

/**
 * Keeps what a box offers up to date. While somebody is in the box it waits until they have left it: what they have typed
 * would be gone.
 */
public final class LiveChoices {
    private final Runnable renew;
    private boolean within;
    private boolean stale;

    /**
     * For that box.
     *
     * @param renew has it offer what there is by now
     */
    public LiveChoices(ComboBox<?> box, Runnable renew) {
        this.renew = renew;
        box.addFocusListener(focus -> within = true);
        box.addBlurListener(blur -> left());
        box.addDetachListener(detach -> within = false);
    }

    /** There is something else to offer. */
    public void renew() {
        if (within) {
            stale = true;
        } else {
            renew.run();
        }
    }

    private void left() {
        within = false;
        if (stale) {
            stale = false;
            renew.run();
        }
    }
}
