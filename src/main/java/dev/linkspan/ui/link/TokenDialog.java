package dev.linkspan.ui.link;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.SecretDialog;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;

/** Shows the trust token of a link once, with what is to be done with it on the other side. */
class TokenDialog extends SecretDialog {
    private final CopyField command;

    TokenDialog(String title, String linkName, TrustToken trust, String ourName, Runnable after) {
        super(
                title,
                new Svg(TypeGlyph.of(LinkType.BIDIRECTIONAL)),
                new Secret(
                        Texts.of("token.label"),
                        "trust-token-" + linkName,
                        trust.encode(),
                        Texts.of("copy.token"),
                        Texts.of("secret.copied.token"),
                        until("token.works-once", "token.works-until", trust.expiresAt())),
                new Sentence("token.caution"),
                after);
        addSteps(
                Texts.of("token.steps"),
                new Sentence("token.step.open"),
                new Sentence("token.step.paste"),
                new Sentence("token.step.name", linkName));
        command = addCommand(Texts.of("token.command"), new Sentence("token.command.group"), naming(ourName));
        showCommand(ourName);
    }

    private Div naming(String ourName) {
        Span label = new Span(Texts.of("token.command.name"));
        label.addClassNames("ls-small", "ls-muted");
        TextField name = new TextField();
        name.setAriaLabel(Texts.of("token.command.name.label"));
        name.setValue(ourName);
        name.addClassName("ls-small-field");
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(change -> showCommand(change.getValue()));
        Div naming = new Div(label, name);
        naming.addClassName("ls-row");
        return naming;
    }

    private void showCommand(String name) {
        showCommand(command, Texts.of("other-side.generate.command", quoted(name)) + " --token ", "");
    }
}
