package dev.linkspan.ui.signin;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Logo;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one gets in. A sign-in link is consumed before the console is reached; what is pasted here is opened the same
 * way.
 */
@Route(value = SignInView.PATH, autoLayout = false)
public class SignInView extends Main implements BeforeEnterObserver, HasDynamicTitle {
    /** Query parameter that keeps the page one wanted. */
    public static final String CONTINUE = "continue";

    static final String PATH = "sign-in";
    private static final String ERROR = "error";
    private static final Pattern LINK = Pattern.compile("(?:.*[?&]token=)?([^&#\\s]+).*");

    private final CurrentCaller me;
    private final Div problem = new Div();
    private final TextArea link = new TextArea(Texts.of("sign-in.link"));
    private final ActionButton submit = new ActionButton(Texts.of("sign-in.submit"), this::signIn).look("primary");
    private String wanted = "";

    SignInView(CurrentCaller me) {
        this.me = me;
        addClassName("ls-sign-in");
        link.setPlaceholder(Texts.of("sign-in.placeholder"));
        link.setHelperText(Texts.of("sign-in.help"));
        link.setWidthFull();
        link.setMinRows(2);
        link.addClassName("ls-token");
        link.setValueChangeMode(ValueChangeMode.EAGER);
        link.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
        link.addValueChangeListener(change -> allowSubmit());
        link.addKeyPressListener(Key.ENTER, press -> signIn());
        submit.setWidthFull();
        allowSubmit();
        Paragraph server = new Paragraph(new Sentence("sign-in.server", host()));
        server.addClassName("ls-muted");
        Div card = new Div(new Div(new H1(Texts.of("sign-in.title")), server), problem, link, submit);
        card.addClassNames("ls-card", "ls-stack");
        Paragraph way = new Paragraph(new Sentence("sign-in.way"));
        way.addClassNames("ls-small", "ls-muted");
        Div column = new Div(new Logo(), card, way);
        column.addClassNames("ls-sign-in-column", "ls-stack");
        add(column);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        QueryParameters parameters = enter.getLocation().getQueryParameters();
        if (me.find().isPresent()) {
            enter.forwardTo("");
            return;
        }
        wanted = parameters.getSingleParameter(CONTINUE).orElse("");
        problem.removeAll();
        parameters
                .getSingleParameter(ERROR)
                .ifPresent(error -> problem.add(new Notice(
                        Tone.NEGATIVE,
                        "circle-alert",
                        new Sentence(
                                switch (error) {
                                    case "used" -> "sign-in.error.used";
                                    case "expired" -> "sign-in.error.expired";
                                    default -> "sign-in.error.unknown";
                                }))));
        problem.setVisible(problem.getComponentCount() > 0);
        link.focus();
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("sign-in.title"));
    }

    private void allowSubmit() {
        submit.refuse(token().isEmpty() ? Texts.of("sign-in.submit.refused") : null);
    }

    /** The token of a pasted link, or what was pasted when it is no link. */
    private String token() {
        Matcher pasted = LINK.matcher(link.getValue().strip());
        return pasted.matches() ? pasted.group(1) : "";
    }

    private void signIn() {
        if (!token().isEmpty()) {
            String query = "?token=" + token();
            String back = wanted.isEmpty() ? "" : "&" + CONTINUE + "=" + encoded(wanted);
            UI.getCurrent().getPage().setLocation(PATH + query + back);
        }
    }

    private static String host() {
        return VaadinRequest.getCurrent().getHeader("Host");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
