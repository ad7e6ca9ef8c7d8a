package dev.linkspan.ui.link;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows a trust token once, with what is to be done with it on the other side. It closes only by its button, and that
 * only works after one has copied the token. The token is nowhere but in here.
 */
class TokenDialog extends Dialog {
    private static final int SHOWN_OF_TOKEN = 12;

    private final String token;
    private final List<String> groups;
    private final Checkbox copied = new Checkbox(Texts.of("token.copied"));
    private final ActionButton done;
    private final CopyField command = new CopyField(Texts.of("copy.command")).wrapped();

    TokenDialog(String title, String linkName, TrustToken trust, List<String> groups, String ourName, Runnable after) {
        this.token = trust.encode();
        this.groups = groups;
        addClassName("ls-token-dialog");
        setWidth("var(--ls-dialog)");
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        H2 heading = new H2(title);
        heading.addClassName("ls-grow");
        getHeader().add(new Svg(TypeGlyph.of(LinkType.BIDIRECTIONAL)), heading);
        getElement().setAttribute("aria-label", title);
        done = new ActionButton(Texts.of("token.done"), this::close).look("primary");
        copied.addValueChangeListener(change -> allowDone(change.getValue()));
        copied.addClassName("ls-grow");
        allowDone(false);
        getFooter().add(copied, done);
        Div body = new Div(
                tokenField(trust),
                new Notice(Tone.CAUTION, "triangle-alert", new Sentence("token.caution")),
                steps(linkName),
                stockClient(ourName));
        body.addClassName("ls-stack");
        add(body);
        addDetachListener(detach -> after.run());
    }

    private void allowDone(boolean allowed) {
        done.refuse(allowed ? null : Texts.of("token.done.refused"));
    }

    private void copied() {
        copied.setValue(true);
        done.focus();
    }

    private Div tokenField(TrustToken trust) {
        Span label = new Span(Texts.of("token.label"));
        label.addClassName("ls-label");
        CopyField field = new CopyField(Texts.of("copy.token"))
                .value(token, token)
                .titled(token)
                .onCopied(this::copied);
        Times times = Times.of(UI.getCurrent());
        Paragraph expiry = new Paragraph(
                trust.expiresAt() == null
                        ? Texts.of("token.works-once")
                        : Texts.of(
                                "token.works-until",
                                times.exactly(trust.expiresAt()),
                                times.betweenInFull(trust.expiresAt())));
        expiry.addClassNames("ls-small", "ls-muted");
        Div all = new Div(label, field, expiry);
        all.addClassName("ls-field");
        return all;
    }

    private static Div steps(String linkName) {
        OrderedList steps = new OrderedList(
                step(new Sentence("token.step.open")),
                step(new Sentence("token.step.paste")),
                step(new Sentence("token.step.name", linkName)));
        steps.addClassName("ls-steps");
        Div all = new Div(new H3(Texts.of("token.steps")), steps);
        all.addClassName("ls-section");
        return all;
    }

    private static ListItem step(Sentence text) {
        return new ListItem(text);
    }

    private Div stockClient(String ourName) {
        Span label = new Span(Texts.of("token.command"));
        label.addClassNames("ls-label", "ls-grow");
        Span nameLabel = new Span(Texts.of("token.command.name"));
        nameLabel.addClassNames("ls-small", "ls-muted");
        TextField name = new TextField();
        name.setAriaLabel(Texts.of("token.command.name.label"));
        name.setValue(ourName);
        name.addClassName("ls-small-field");
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(change -> showCommand(change.getValue()));
        Div naming = new Div(nameLabel, name);
        naming.addClassName("ls-row");
        Div head = new Div(label, naming);
        head.addClassNames("ls-row", "ls-split");
        showCommand(ourName);
        command.onCopied(this::copied);
        Div all = new Div(head, command);
        all.addClassName("ls-field");
        return all;
    }

    /** The token is cut where it is only shown; what is copied is whole. */
    private void showCommand(String name) {
        String options =
                groups.stream().map(group -> " --auth-group " + quoted(group)).collect(Collectors.joining());
        String start = "lxc cluster link create " + quoted(name) + options + " --token ";
        command.value(start + token.substring(0, Math.min(SHOWN_OF_TOKEN, token.length())) + "…", start + token);
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
