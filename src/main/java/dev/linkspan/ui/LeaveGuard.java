package dev.linkspan.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveEvent.ContinueNavigationAction;
import com.vaadin.flow.router.BeforeLeaveListener;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NavigationTrigger;
import dev.linkspan.ui.shared.SecretDialog;
import dev.linkspan.ui.shared.SidePanel;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps what was entered in an open panel, and a secret that is shown once, from a wrong click and from the Back button. What
 * the console itself leads to, after something was saved for instance, is not held up.
 */
class LeaveGuard implements BeforeLeaveListener {
    private static final Set<NavigationTrigger> BY_HAND =
            Set.of(NavigationTrigger.ROUTER_LINK, NavigationTrigger.CLIENT_SIDE, NavigationTrigger.HISTORY);

    private final Supplier<SidePanel> panel;
    private boolean asking;

    /** A guard for the panel that is open, or for none when that is null. */
    LeaveGuard(Supplier<SidePanel> panel) {
        this.panel = panel;
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent leave) {
        if (!BY_HAND.contains(leave.getTrigger())) {
            return;
        }
        SidePanel open = panel.get();
        UI page = leave.getUI();
        boolean byHistory = leave.getTrigger() == NavigationTrigger.HISTORY;
        Location here = page.getActiveViewLocation();
        if (SecretDialog.isOpen(page)) {
            leave.postpone();
            stay(page, here, byHistory);
        } else if (open != null && !open.goesOnAt(leave.getLocation())) {
            ContinueNavigationAction going = leave.postpone();
            if (!asking) {
                asking = true;
                open.whetherEntered(entered -> decide(open, entered, going, () -> stay(page, here, byHistory)));
            }
        }
    }

    private void decide(SidePanel open, boolean entered, ContinueNavigationAction going, Runnable stay) {
        if (!entered) {
            asking = false;
            going.proceed();
            return;
        }
        open.askToLeave(
                () -> {
                    asking = false;
                    going.proceed();
                },
                () -> {
                    asking = false;
                    stay.run();
                });
    }

    /** The browser has gone back already. */
    private static void stay(UI page, Location here, boolean byHistory) {
        if (byHistory) {
            page.getPage().getHistory().pushState(null, here);
        }
    }
}
