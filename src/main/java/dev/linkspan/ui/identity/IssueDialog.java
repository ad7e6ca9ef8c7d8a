package dev.linkspan.ui.identity;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Question;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import java.util.List;
import java.util.function.BiConsumer;

/** Asks before a bearer token is issued, which ends the one so far, and for how long it is to work. */
class IssueDialog extends Question {
    private final AskedAbout<IdentityOverview> about;
    private final BiConsumer<IdentityOverview, String> issue;
    private final Div question = new Div();
    private final ExpiryField expiry = new ExpiryField();

    IssueDialog(AskedAbout<IdentityOverview> about, BiConsumer<IdentityOverview, String> issue) {
        this.about = about;
        this.issue = issue;
        question.addClassName("ls-stack");
        Div body = new Div(about, question, expiry);
        body.addClassName("ls-stack");
        add(body);
        getFooter()
                .add(
                        new ActionButton(Texts.of("confirm.cancel"), this::close).look("tertiary"),
                        new ActionButton(Texts.of("identity.issue"), this::submit).look("primary"));
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                expiry.focus();
            }
        });
        about.ask(this::ask);
    }

    private void ask(List<IdentityOverview> left) {
        question.removeAll();
        if (left.isEmpty()) {
            expiry.setVisible(false);
            onlyClose();
            return;
        }
        IdentityOverview identity = left.getFirst();
        setHeaderTitle(Texts.of("identity.issue.title", identity.name()));
        String text = identity.expiresAt() == null ? "identity.issue.first" : "identity.issue.text";
        question.add(new Paragraph(new Sentence(text, identity.name())));
    }

    private void submit() {
        if (expiry.check()) {
            close();
            issue.accept(about.settle().getFirst(), expiry.value());
        } else {
            expiry.focus();
        }
    }
}
