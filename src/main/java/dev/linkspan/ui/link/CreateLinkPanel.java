package dev.linkspan.ui.link;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.CreateLinkFromToken;
import dev.linkspan.link.CreatePendingLink;
import dev.linkspan.link.LinkName;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.GroupPicker;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Map;

/**
 * Makes a bidirectional link: generates a token for the other side, or uses one that came from there. Using one means
 * to talk to the other cluster, which goes on in the background; the panel may be closed meanwhile.
 */
class CreateLinkPanel extends SidePanel {
    private static final int TOKEN_PAUSE_IN_MILLISECONDS = 150;

    private final LinkTools tools;
    private final Issued issued;
    private final RadioButtonGroup<Setup> setup = new RadioButtonGroup<>(Texts.of("create-link.token"));
    private final TextArea token = new TextArea();
    private final TokenReading reading;
    private final TextField name = new TextField(Texts.of("create-link.name"));
    private final TextField description = Fields.optional(new TextField(), Texts.of("create-link.description"));
    private final GroupPicker groups;
    private final Span progress = new Span(new Symbol("refresh-cw"), new Span(Texts.of("create-link.progress")));
    private final ActionButton submit = new ActionButton(Texts.of("create-link.submit"), this::submit).look("primary");
    private boolean running;

    /** Told when a token was issued for a link that now waits for the other side. */
    interface Issued {
        void show(String linkName, List<String> groups, IssuedToken token);
    }

    private enum Setup {
        GENERATE,
        CONSUME
    }

    CreateLinkPanel(LinkTools tools, boolean consume, Runnable onClose, Issued issued) {
        super(Texts.of("links.create"), onClose);
        this.tools = tools;
        this.issued = issued;
        reading = new TokenReading(tools.server().info(tools.me().get()).fingerprint());
        groups = new GroupPicker(
                tools.groups(),
                Texts.of("create-link.groups"),
                Texts.of("create-link.groups.help"),
                "create-link.groups");
        prepareToken();
        prepareName();
        progress.addClassNames("ls-progress", "ls-small", "ls-muted");
        progress.getElement().setAttribute("role", "status");
        progress.setVisible(false);
        Div tokenBlock = new Div(setup, token, reading);
        tokenBlock.addClassName("ls-field");
        description.setWidthFull();
        addToBody(tokenBlock, name, description, groups);
        addToFoot(progress, new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::submit, name, description);
        setup.setValue(consume ? Setup.CONSUME : Setup.GENERATE);
    }

    /** The primary button, to be refused when the caller may not make links. */
    ActionButton submitButton() {
        return submit;
    }

    @Override
    protected Focusable<?> firstField() {
        return setup.getValue() == Setup.CONSUME ? token : name;
    }

    private void prepareToken() {
        setup.setItems(Setup.values());
        setup.setItemLabelGenerator(
                way -> Texts.of("create-link.token." + way.name().toLowerCase()));
        setup.addValueChangeListener(change -> showSetup());
        token.setAriaLabel(Texts.of("create-link.token.text"));
        token.setPlaceholder(Texts.of("create-link.token.placeholder"));
        token.addClassName("ls-token");
        token.setWidthFull();
        token.setVisible(false);
        token.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
        token.setValueChangeMode(ValueChangeMode.LAZY);
        token.setValueChangeTimeout(TOKEN_PAUSE_IN_MILLISECONDS);
        token.addValueChangeListener(change -> readToken());
    }

    private void showSetup() {
        boolean consume = setup.getValue() == Setup.CONSUME;
        token.setVisible(consume);
        if (!consume) {
            token.clear();
            token.setInvalid(false);
        }
        readToken();
        if (consume) {
            token.focus();
        }
    }

    private void readToken() {
        reading.read(tokenText());
        token.setInvalid(reading.isVisible() && reading.refusal() != null);
    }

    /** Terminals and mails break long lines, so white space inside a token means nothing. */
    private String tokenText() {
        return token.getValue().replaceAll("\\s", "");
    }

    private void prepareName() {
        name.setWidthFull();
        name.addBlurListener(blur -> {
            if (!name.isEmpty()) {
                checkName();
            }
        });
        name.addValueChangeListener(change -> name.setInvalid(false));
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
    }

    private boolean checkName() {
        String error = nameError();
        name.setErrorMessage(error);
        name.setInvalid(error != null);
        return error == null;
    }

    private String nameError() {
        if (name.getValue().isBlank()) {
            return Texts.of("create-link.name.required");
        }
        try {
            LinkName.checked(name.getValue());
        } catch (ProblemException e) {
            return e.getMessage();
        }
        boolean taken = tools.links().list(tools.me().get()).stream()
                .map(ClusterLink::name)
                .anyMatch(name.getValue()::equals);
        return taken ? Texts.of("create-link.name.taken") : null;
    }

    private boolean checkToken() {
        if (setup.getValue() == Setup.GENERATE) {
            return true;
        }
        reading.read(tokenText());
        token.setErrorMessage(tokenText().isEmpty() ? reading.refusal() : "");
        token.setInvalid(reading.refusal() != null);
        return reading.refusal() == null;
    }

    private void submit() {
        if (running) {
            return;
        }
        clearProblem();
        boolean tokenFine = checkToken();
        boolean nameFine = checkName();
        if (!tokenFine) {
            token.focus();
        } else if (!nameFine) {
            name.focus();
        } else if (setup.getValue() == Setup.GENERATE) {
            generate();
        } else {
            consume();
        }
    }

    private void generate() {
        try {
            IssuedToken made = tools.links().createPending(tools.me().get(), pending());
            issued.show(name.getValue(), groups.chosen(), made);
        } catch (ProblemException e) {
            failed(e.getMessage());
        }
    }

    private void consume() {
        Caller caller = tools.me().get();
        CreateLinkFromToken command = new CreateLinkFromToken(
                name.getValue(), description.getValue(), Map.of(), groups.chosen(), TrustToken.decode(tokenText()));
        setRunning(true);
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> tools.links().createFromToken(caller, command),
                        peer -> created(command.name()),
                        problem -> failedInBackground(command.name(), problem));
    }

    private void created(String linkName) {
        setRunning(false);
        Toast.done(new Sentence("create-link.created", linkName));
        if (isAttached()) {
            close();
        }
    }

    private void failedInBackground(String linkName, RuntimeException problem) {
        setRunning(false);
        String message = problem instanceof ProblemException known ? known.getMessage() : Texts.of("problem.unknown");
        if (isAttached()) {
            failed(message);
        } else {
            Toast.problem(Texts.of("create-link.failed.closed", linkName, message));
        }
    }

    private void failed(String message) {
        showProblem(Texts.of("create-link.failed"), message);
    }

    private void setRunning(boolean now) {
        running = now;
        progress.setVisible(now);
        submit.setText(Texts.of(now ? "create-link.submitting" : "create-link.submit"));
    }

    private CreatePendingLink pending() {
        return new CreatePendingLink(name.getValue(), description.getValue(), Map.of(), groups.chosen());
    }
}
