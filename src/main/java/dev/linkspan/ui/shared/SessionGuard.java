package dev.linkspan.ui.shared;

import com.vaadin.flow.server.HandlerHelper;
import com.vaadin.flow.server.HandlerHelper.RequestType;
import com.vaadin.flow.server.SynchronizedRequestHandler;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.communication.UidlRequestHandler;
import java.io.IOException;

/**
 * Keeps the session's caller up to date. When the caller of a signed-in session is nobody any more, its pages end:
 * the next request is answered as that of an expired session, upon which the browser loads the page anew and is led
 * to the sign-in.
 */
public class SessionGuard extends SynchronizedRequestHandler {
    @Override
    public boolean synchronizedHandleRequest(VaadinSession session, VaadinRequest request, VaadinResponse response)
            throws IOException {
        if (!CurrentCaller.signedOut(session, request)) {
            return false;
        }
        session.close();
        if (HandlerHelper.isRequestType(request, RequestType.UIDL)) {
            UidlRequestHandler.commitJsonResponse(response, VaadinService.createSessionExpiredJSON(false));
            return true;
        }
        return false;
    }
}
