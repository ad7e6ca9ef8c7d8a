package dev.linkspan.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.CurrentCaller.SignedOut;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a failure that no view has dealt with. */
class ConsoleErrors implements ErrorHandler {
    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

    @Override
    public void error(ErrorEvent event) {
        UI page = UI.getCurrent();
        Throwable cause = event.getThrowable();
        while (cause.getCause() != null && !(cause instanceof ProblemException) && !(cause instanceof SignedOut)) {
            cause = cause.getCause();
        }
        if (page == null) {
            log.error("The console failed outside of a page", event.getThrowable());
        } else if (cause instanceof SignedOut) {
            page.getPage().reload();
        } else if (cause instanceof ProblemException problem) {
            Toast.problem(problem.getMessage());
        } else {
            log.error("The console failed", event.getThrowable());
            Toast.problem(Texts.of("problem.unknown"));
        }
    }
}
