package dev.linkspan.ui.signin;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import dev.linkspan.identity.OidcSignIn;
import dev.linkspan.identity.SignIn.BrowserCertificate;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Logo;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * How one gets in. Signing in happens before the console is reached: what is pasted here is sent by an ordinary form,
 * so that it is in no address.
 */
@Route(value = SignInView.PATH, autoLayout = false)
public class SignInView extends Main implements BeforeEnterObserver, HasDynamicTitle {
    /** Query parameter that keeps the page one wanted. */
    public static final String CONTINUE = "continue";

    static final String PATH = "sign-in";
    private static final String ERROR = "error";
    private static final Set<String> ERRORS = Set.of(
            "used",
            "expired",
            "token",
            "token-in-address",
            "certificate",
            "no-certificate",
            "too-many",
            "ended",
            "out",
            "oidc-state",
            "oidc-denied",
            "oidc-provider",
            "oidc-answer",
            "oidc-email",
            "oidc-taken");
    private static final String PROVIDER = "/oidc/login";

    private static final String DOCUMENTATION = "/documentation/";

    /** Whoever is in again, from here or from another tab, gets back what was typed. */
    private static final String SIGNED_OUT = "sessionStorage.setItem('linkspan.signed-out', 'true')";

    private final CurrentCaller me;
    private final String name;
    private final Div problem = new Div();
    private final Form pastedForm = new Form();
    private final Form certificateForm = new Form();
    private final TextArea pasted = new TextArea(Texts.of("sign-in.token"));
    private final ActionButton submit = new ActionButton(Texts.of("sign-in.submit"), this::submit);

    SignInView(CurrentCaller me, OidcSignIn provider, ServerService server) {
        this.me = me;
        addClassName("ls-sign-in");
        getElement().executeJs(SIGNED_OUT);
        preparePasted();
        submit.setWidthFull();
        pastedForm.add(pasted, submit);
        name = server.name();
        Paragraph where = new Paragraph(
                new Sentence("sign-in.server", VaadinRequest.getCurrent().getHeader("Host"), ServerInfo.VERSION));
        where.addClassName("ls-muted");
        Div card = new Div(new Div(new H1(Texts.of("sign-in.title", name)), where), problem);
        card.addClassNames("ls-card", "ls-stack");
        Optional<BrowserCertificate> certificate = me.browserCertificate();
        if (provider.configured()) {
            addProvider(card);
        }
        addCertificate(card, certificate, !provider.configured());
        Span or = new Span(Texts.of("sign-in.or"));
        or.addClassName("ls-or");
        card.add(or, pastedForm);
        if (certificate.map(BrowserCertificate::name).isEmpty() && !provider.configured()) {
            submit.look("primary");
        }
        Paragraph way = new Paragraph(new Sentence("sign-in.way"));
        way.addClassNames("ls-small", "ls-muted");
        Paragraph pages = new Paragraph(
                new Anchor(DOCUMENTATION, Texts.of("frame.documentation")),
                new Span(Texts.of("sign-in.between")),
                new Anchor(
                        DOCUMENTATION + "administrators#when-a-certificate-is-refused", Texts.of("sign-in.refused")));
        pages.addClassName("ls-small");
        Div column = new Div(new Logo(), card, way, pages);
        column.addClassNames("ls-sign-in-column", "ls-stack");
        add(column);
    }

    /** Sends what it holds to the door of the console. */
    private static class Form extends HtmlContainer {
        private final Input wanted = new Input();

        Form() {
            super("form");
            addClassName("ls-stack");
            getElement().setAttribute("method", "post").setAttribute("action", PATH);
            wanted.getElement().setAttribute("type", "hidden").setAttribute("name", CONTINUE);
            add(wanted);
        }

        void send() {
            getElement().executeJs("this.submit()");
        }
    }

    private void addProvider(Div card) {
        ActionButton lead = new ActionButton(Texts.of("sign-in.provider"), "log-in", this::toProvider).look("primary");
        lead.setWidthFull();
        card.add(lead);
    }

    private void toProvider() {
        String page = URLEncoder.encode(certificateForm.wanted.getValue(), StandardCharsets.UTF_8);
        UI.getCurrent().getPage().setLocation(PROVIDER + "?" + CONTINUE + "=" + page);
    }

    /** Says which certificate the browser sent, and what would come of it. */
    private void addCertificate(Div card, Optional<BrowserCertificate> certificate, boolean first) {
        Optional<String> name = certificate.map(BrowserCertificate::name);
        certificate
                .filter(sent -> sent.name() == null)
                .ifPresent(sent -> card.add(new Notice(
                        Tone.NEUTRAL,
                        "badge-info",
                        new Sentence("sign-in.certificate.unknown", Fingerprints.brief(sent.fingerprint())))));
        String text =
                name.map(known -> Texts.of("sign-in.certificate.known", known)).orElse(Texts.of("sign-in.certificate"));
        ActionButton use = new ActionButton(text, "shield-check", certificateForm::send);
        use.setWidthFull();
        use.addClassName("ls-cut");
        if (name.isPresent() && first) {
            use.look("primary");
        }
        if (name.isEmpty()) {
            use.refuse(certificate
                    .map(sent -> new Sentence("sign-in.certificate.unknown", Fingerprints.brief(sent.fingerprint()))
                            .getElement()
                            .getTextRecursively())
                    .orElse(Texts.of("sign-in.certificate.none")));
        }
        certificateForm.add(use);
        if (certificate.isEmpty()) {
            Paragraph none = new Paragraph(Texts.of("sign-in.certificate.none.brief"));
            none.addClassName("ls-help");
            certificateForm.add(none);
        }
        card.add(certificateForm);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        if (me.find().isPresent()) {
            enter.forwardTo("");
            return;
        }
        QueryParameters parameters = enter.getLocation().getQueryParameters();
        String wanted = parameters.getSingleParameter(CONTINUE).orElse("");
        pastedForm.wanted.setValue(wanted);
        certificateForm.wanted.setValue(wanted);
        problem.removeAll();
        parameters.getSingleParameter(ERROR).ifPresent(error -> problem.add(notice(known(error))));
        problem.setVisible(problem.getComponentCount() > 0);
        pasted.focus();
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("sign-in.title", name));
    }

    private static Notice notice(String error) {
        Tone tone = error.equals("ended") || error.equals("out") ? Tone.CAUTION : Tone.NEGATIVE;
        return new Notice(tone, "circle-alert", new Sentence("sign-in.error." + error));
    }

    private static String known(String error) {
        return ERRORS.contains(error) ? error : "unknown";
    }

    private void preparePasted() {
        pasted.getElement().setProperty("name", "token");
        pasted.setPlaceholder(Texts.of("sign-in.placeholder"));
        pasted.setHelperText(Texts.of("sign-in.help"));
        pasted.setWidthFull();
        pasted.setMinRows(2);
        pasted.addClassName("ls-token");
        pasted.setValueChangeMode(ValueChangeMode.EAGER);
        pasted.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
        pasted.addValueChangeListener(change -> allowSubmit());
        pasted.addKeyPressListener(Key.ENTER, press -> submit());
        allowSubmit();
    }

    private void allowSubmit() {
        submit.refuse(pasted.getValue().isBlank() ? Texts.of("sign-in.submit.refused") : null);
    }

    private void submit() {
        if (!pasted.getValue().isBlank()) {
            pastedForm.send();
        }
    }
}
