package dev.linkspan.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.UIInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServiceInitListener;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.SessionGuard;
import dev.linkspan.ui.shared.Theme;
import dev.linkspan.ui.signin.SignInView;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes every page of the console one for signed-in callers, except the sign-in itself. */
@Component
class ConsoleSetup implements VaadinServiceInitListener {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CurrentCaller me;

    ConsoleSetup(CurrentCaller me) {
        this.me = me;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addRequestHandler(new SessionGuard());
        event.addIndexHtmlRequestListener(new FirstPaint());
        VaadinService service = event.getSource();
        service.setSystemMessagesProvider(information -> messages());
        service.addSessionInitListener(init -> init.getSession().setErrorHandler(new ConsoleErrors()));
        service.addUIInitListener(this::prepare);
    }

    private void prepare(UIInitEvent event) {
        event.getUI().getLoadingIndicatorConfiguration().setApplyDefaultTheme(false);
        comeBackSoon(event.getUI());
        event.getUI().addBeforeEnterListener(this::leadToSignIn);
        Theme.of(VaadinRequest.getCurrent()).applyTo(event.getUI().getPage());
        announceConnection(event.getUI().getPage());
    }

    /** Vaadin shows that the connection is lost, but tells nobody who doesn't see it. */
    private static void announceConnection(Page page) {
        page.executeJs("document.querySelector('vaadin-connection-indicator')?.setAttribute('role', 'status')");
    }

    /** A page whose connection is lost tries again each second, for as long as it is open. */
    private static void comeBackSoon(UI page) {
        page.getPushConfiguration().setParameter("reconnectInterval", String.valueOf(RETRY.toMillis()));
        page.getReconnectDialogConfiguration().setReconnectInterval((int) RETRY.toMillis());
        page.getReconnectDialogConfiguration().setReconnectAttempts(Integer.MAX_VALUE);
    }

    private void leadToSignIn(BeforeEnterEvent enter) {
        if (me.find().isEmpty() && enter.getNavigationTarget() != SignInView.class) {
            String wanted = enter.getLocation().getPathWithQueryParameters();
            enter.forwardTo(SignInView.class, RouteParameters.empty(), QueryParameters.of(SignInView.CONTINUE, wanted));
        }
    }

    /** An expired session is no message: the page is loaded again, and leads to the sign-in when it must. */
    private static CustomizedSystemMessages messages() {
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(false);
        return messages;
    }
}
