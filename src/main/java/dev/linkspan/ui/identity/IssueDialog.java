package dev.linkspan.ui.identity;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import java.util.function.Consumer;

/** Asks before a bearer token is issued, which ends the one so far, and for how long it is to work. */
class IssueDialog extends Dialog {
    private final ExpiryField expiry = new ExpiryField();
    private final Consumer<String> issue;

    IssueDialog(IdentityOverview identity, Consumer<String> issue) {
        this.issue = issue;
        setHeaderTitle(Texts.of("identity.issue"));
        addClassName("ls-question");
        String text = identity.expiresAt() == null ? "identity.issue.first" : "identity.issue.text";
        Div body = new Div(new Paragraph(new Sentence(text, identity.name())), expiry);
        body.addClassName("ls-stack");
        add(body);
        getFooter()
                .add(
                        new ActionButton(Texts.of("confirm.cancel"), this::close).look("tertiary"),
                        new ActionButton(Texts.of("identity.issue"), this::submit).look("primary"));
    }

    private void submit() {
        if (expiry.check()) {
            close();
            issue.accept(expiry.value());
        } else {
            expiry.focus();
        }
    }
}
