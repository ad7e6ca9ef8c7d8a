package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Location;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.CreateBearerIdentity;
import dev.linkspan.identity.CreateIdentity;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.link.CreatePendingLink;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.cluster.DialedAddresses;
import dev.linkspan.ui.group.GroupPicker;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.NameErrors;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes an identity: first one chooses what it signs in with, then its name and its groups. */
class CreateIdentityPanel extends SidePanel {
    /** What an identity signs in with. */
    private enum Kind {
        PERSON("bearer", "log-in"),
        CLIENT("tls", "shield-check"),
        BEARER("bearer", "key-round"),
        CLUSTER_LINK("tls", "link");

        private final String method;
        private final String symbol;

        Kind(String method, String symbol) {
            this.method = method;
            this.symbol = symbol;
        }

        /** As it stands in the page's address. */
        private String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static Optional<Kind> of(String key) {
            return Arrays.stream(values())
                    .filter(kind -> kind.key().equals(key))
                    .findFirst();
        }

        private String text(String part) {
            return Texts.of("create-identity." + key() + '.' + part);
        }
    }

    /** The type of identities by which other clusters call this one. */
    static final String FOR_CLUSTER = Kind.CLUSTER_LINK.key();

    private enum Proof {
        TOKEN,
        CERTIFICATE
    }

    private final IdentityTools tools;
    private final Handover handover;
    private final Consumer<String> choose;
    private final Runnable done;
    private final TextField name = new TextField(Texts.of("identity.name"));
    private final RadioButtonGroup<Proof> proof = new RadioButtonGroup<>(Texts.of("create-identity.proof"));
    private final CertificateField certificate;
    private final ExpiryField expiry = new ExpiryField();
    private final GroupPicker groups;
    private final Meanwhile meanwhile;
    private final ActionButton submit = new ActionButton(Texts.of("identity.create"), this::submit).look("primary");
    private NativeButton firstType;
    private Kind kind;

    /**
     * A panel that asks for the type.
     *
     * @param choose leads to the address of a type, or of the choice for an empty one, which is then to be {@link #show shown}
     */
    CreateIdentityPanel(
            IdentityTools tools, Handover handover, Consumer<String> choose, Runnable onClose, Runnable done) {
        super(Texts.of("create-identity.title"), onClose);
        addClassName("ls-panel-slim");
        this.tools = tools;
        this.handover = handover;
        this.choose = choose;
        this.done = done;
        certificate = new CertificateField(tools);
        groups = new GroupPicker(tools.choices(), "create-identity.groups");
        meanwhile = tools.colleagues().meanwhile(() -> {});
        tools.live().follow(this, event -> event.action().equals("identity-created"), this::created);
        prepareName();
        proof.setItems(Proof.values());
        proof.setItemLabelGenerator(
                way -> Texts.of("create-identity.proof." + way.name().toLowerCase(Locale.ROOT)));
        proof.setValue(Proof.TOKEN);
        proof.addValueChangeListener(change -> showProof());
        submitOnEnter(this::submit, name, expiry);
        showTypes();
    }

    /** The primary button, to be refused when the caller may not make identities. */
    ActionButton submitButton() {
        return submit;
    }

    @Override
    protected Focusable<?> firstField() {
        return kind == null ? firstType : name;
    }

    /** Shows the step of a type, or the choice where there is none by that name. */
    void show(String type) {
        Kind wanted = Kind.of(type).filter(found -> refusal(found) == null).orElse(null);
        if (wanted == null && kind != null) {
            showTypes();
            firstType.focus();
        } else if (wanted != null && wanted != kind) {
            showForm(wanted);
        }
    }

    @Override
    protected boolean holdsInput() {
        return kind == null
                && !(name.isEmpty()
                        && certificate.value().isEmpty()
                        && expiry.value().isEmpty()
                        && groups.chosen().isEmpty());
    }

    @Override
    public boolean goesOnAt(Location next) {
        return IdentitiesView.creates(next);
    }

    private void askForType() {
        choose.accept("");
    }

    private void showTypes() {
        begin(Texts.of("create-identity.title"));
        kind = null;
        Div types = new Div();
        types.addClassName("ls-types");
        for (Kind type : Kind.values()) {
            NativeButton button = typeButton(type);
            firstType = type.ordinal() == 0 ? button : firstType;
            types.add(button);
        }
        addToBody(types);
        addToFoot(new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"));
    }

    private NativeButton typeButton(Kind type) {
        Span line = new Span(type.text("line"));
        line.addClassName("ls-muted");
        Div text = new Div(new Strong(type.text("title")), line);
        NativeButton button = new NativeButton();
        button.getElement().setAttribute("type", "button");
        button.add(new Symbol(type.symbol), text);
        String refusal = refusal(type);
        if (refusal == null) {
            button.addClickListener(click -> choose.accept(type.key()));
        } else {
            button.getElement().setAttribute("aria-disabled", "true");
            button.setTitle(refusal);
        }
        return button;
    }

    /** A cluster link takes one right more. */
    private String refusal(Kind type) {
        boolean refused =
                type == Kind.CLUSTER_LINK && !tools.access().allowed(tools.me().get(), "can_create_cluster_links");
        return refused ? Texts.of("links.create.refused") : null;
    }

    private void showForm(Kind type) {
        kind = type;
        name.setInvalid(false);
        begin(type.text("title"));
        ActionButton back = new ActionButton(Texts.of("create-identity.back"), "chevron-left", this::askForType)
                .look("tertiary", "small");
        back.addClassName("ls-back");
        addToBody(back, meanwhile, name);
        if (type == Kind.CLIENT) {
            addToBody(proof, certificate);
            showProof();
        }
        if (type == Kind.BEARER) {
            addToBody(expiry);
        }
        if (type == Kind.CLUSTER_LINK) {
            addToBody(new DialedAddresses(tools.addresses(), tools.background(), tools.me()));
        }
        addToBody(groups);
        addToFoot(groups.steps(), new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        name.focus();
    }

    private void showProof() {
        boolean given = proof.getValue() == Proof.CERTIFICATE;
        certificate.setVisible(given);
        if (given) {
            certificate.focus();
        }
    }

    /** A blank at an end would not be seen. */
    private String enteredName() {
        return name.getValue().strip();
    }

    private void prepareName() {
        name.setWidthFull();
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            meanwhile.clear();
        });
        name.addBlurListener(blur -> {
            if (!name.isEmpty()) {
                checkName();
            }
        });
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
    }

    private boolean checkName() {
        String error = enteredName().isEmpty()
                ? Texts.of("identity.name.required")
                : taken() ? Texts.of("identity.name.taken") : null;
        name.setErrorMessage(error);
        name.setInvalid(error != null);
        return error == null;
    }

    /** An event doesn't say what the new identity is called. */
    private void created(LifecycleEvent event) {
        if (kind != null && !enteredName().isEmpty() && taken()) {
            meanwhile.taken(event);
        }
    }

    /** The names of all identities are compared: two of one name, by two methods, would be taken for one. */
    private boolean taken() {
        Caller caller = tools.me().get();
        String wanted = enteredName();
        if (tools.identities().overview(caller).stream()
                .anyMatch(identity -> identity.name().equals(wanted))) {
            return true;
        }
        try {
            tools.identities().get(caller, kind.method, wanted);
            return true;
        } catch (ProblemException e) {
            return !e.is(Problem.NOT_FOUND);
        }
    }

    private void submit() {
        if (!submit.isEnabled()) {
            return;
        }
        clearProblem();
        if (!checkName()) {
            name.focus();
        } else if (kind == Kind.CLIENT && proof.getValue() == Proof.CERTIFICATE && !certificate.check()) {
            certificate.focus();
        } else if (kind == Kind.BEARER && !expiry.check()) {
            expiry.focus();
        } else {
            create();
        }
    }

    private void create() {
        try {
            switch (kind) {
                case PERSON -> handover.signInLink(title("created-link"), enteredName(), addBearer(), done);
                case BEARER -> handover.issue(title("created"), addBearer(), expiry.value(), done);
                case CLIENT -> createClient();
                case CLUSTER_LINK -> handover.clusterLink(title("created"), addPeer(), done);
            }
            close();
        } catch (ProblemException e) {
            if (!NameErrors.show(name, e)) {
                showProblem(Texts.of("create-identity.failed"), e.getMessage());
            }
        }
    }

    private String title(String which) {
        return Texts.of("handover." + which, enteredName());
    }

    private EntityUrl addBearer() {
        String identifier = tools.bearers()
                .create(
                        tools.me().get(),
                        new CreateBearerIdentity(IdentityType.CLIENT_BEARER, enteredName(), groups.chosen()));
        return EntityUrl.of(EntityType.IDENTITY, kind.method, identifier);
    }

    private void createClient() {
        Caller caller = tools.me().get();
        boolean token = proof.getValue() == Proof.TOKEN;
        CreateIdentity command =
                new CreateIdentity(enteredName(), groups.chosen(), token ? "" : certificate.value(), token, "");
        if (token) {
            IssuedToken issued = tools.identities().createPending(caller, command);
            handover.client(title("created"), issued, done);
        } else {
            tools.identities().create(caller, command);
            Toast.done(new Sentence("create-identity.created", enteredName()));
        }
    }

    private IssuedToken addPeer() {
        return tools.links()
                .createPendingUnidirectional(
                        tools.me().get(), new CreatePendingLink(enteredName(), "", Map.of(), groups.chosen()));
    }
}
