package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.CreateLinkFromToken;
import dev.linkspan.link.CreatePendingLink;
import dev.linkspan.link.CreatePublicLink;
import dev.linkspan.link.DialedAddress;
import dev.linkspan.link.LinkName;
import dev.linkspan.link.LinkType;
import dev.linkspan.link.OfferedCertificate;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.cluster.DialedAddresses;
import dev.linkspan.ui.group.GroupPicker;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes a link of any type: with a token for the other side, with one that came from there, or with a certificate that one
 * compares. Whatever talks to the other cluster goes on in the background; the panel may be closed meanwhile, which leaves
 * a link that is being made, and nothing of one that was only looked at.
 */
class CreateLinkPanel extends SidePanel {
    /** A page that is loaded anew leads to where the link that waits is verified, or again to the form. */
    private static final String LEAD_TO = """
            const here = new URL(location);
            this.$panel ??= here.searchParams.get($0);
            here.searchParams.set($0, $1 ?? this.$panel);
            here.searchParams.delete($2);
            if ($3) {
              here.searchParams.set($2, $3);
            }
            history.replaceState(history.state, '', here);""";

    private final LinkTools tools;
    private final Issued issued;
    private final TypeChoice type = new TypeChoice();
    private final RadioButtonGroup<Setup> setup = new RadioButtonGroup<>(Texts.of("create-link.token"));
    private final TokenField token;
    private final PeerAddress address = new PeerAddress();
    private final Div dialed;
    /** What proves that it is the other cluster. */
    private final Div proof = new Div();

    /** What LXD and we say of a certificate that is there for something else. */
    private static final String METHOD = "tls";

    private static final String UNKNOWN_TOKEN = Problem.TOKEN_UNKNOWN.with().getMessage();

    /** Whoever could not be reached is named by the URL. */
    private static final String NOT_REACHED = "https:";

    private static final String KNOWN = Problem.CERTIFICATE_NAME_EXISTS.with().getMessage();

    private final OtherSide otherSide;
    private final TextField name = new TextField(Texts.of("create-link.name"));
    private final TextField description = Fields.optional(new TextField(), Texts.of("create-link.description"));
    private final Meanwhile meanwhile;
    private final Span progress = new Span(new Symbol("refresh-cw"), new Span(Texts.of("create-link.progress")));
    private final ActionButton submit = new ActionButton("", this::submit).look("primary");
    private final Div steps = new Div();
    private UI page;
    private GroupPicker groups;
    private PublicOffer offer;
    private CompareCertificate comparing;
    private boolean running;

    /** Told when a token was issued for a link that now waits for the other side. */
    interface Issued {
        void show(String linkName, IssuedToken token);
    }

    private enum Setup {
        GENERATE,
        CONSUME
    }

    CreateLinkPanel(LinkTools tools, boolean consume, Runnable onClose, Issued issued) {
        super(Texts.of("links.create"), onClose);
        this.tools = tools;
        this.issued = issued;
        ServerInfo us = tools.server().info(tools.me().get());
        token = new TokenField(us.fingerprint(), this::linkTo, this::dial);
        otherSide = new OtherSide(us.name());
        token.onRead(this::foldOtherSide);
        dialed = new DialedAddresses(tools.addresses(), tools.background(), tools.me());
        setup.setItems(Setup.values());
        setup.setItemLabelGenerator(
                way -> Texts.of("create-link.token." + way.name().toLowerCase(Locale.ROOT)));
        meanwhile = tools.colleagues().meanwhile(() -> {}).followNames(this, this::takesName);
        prepareName();
        description.setWidthFull();
        progress.addClassNames("ls-progress", "ls-small", "ls-muted");
        progress.getElement().setAttribute("role", "status");
        progress.setVisible(false);
        proof.addClassName("ls-field");
        steps.addClassName("ls-undo");
        submitOnEnter(this::submit, name, description, address);
        type.setValue(LinkType.BIDIRECTIONAL);
        setup.setValue(consume ? Setup.CONSUME : Setup.GENERATE);
        showForm();
        submit.refuse(refusal());
        type.addValueChangeListener(change -> showChoice());
        setup.addValueChangeListener(change -> showChoice());
    }

    /** What the page's buttons ask for while the panel is open already; what was entered stays, a token that was pasted too. */
    void choose(boolean consume) {
        if (!running && comparing == null && token.isEmpty()) {
            if (consume && type.getValue() == LinkType.PUBLIC) {
                type.setValue(LinkType.BIDIRECTIONAL);
            }
            setup.setValue(consume ? Setup.CONSUME : Setup.GENERATE);
            focusFirstField();
        }
    }

    /** Begins with that type, as what leads here is about it. */
    void startWith(LinkType chosen) {
        type.setValue(chosen);
    }

    @Override
    protected Focusable<?> firstField() {
        if (type.getValue() == LinkType.PUBLIC) {
            return address;
        }
        return consumes() ? token.field() : name;
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        page = attach.getUI();
    }

    /** However the panel goes, a public link that nobody has confirmed goes with it. */
    @Override
    protected void onDetach(DetachEvent detach) {
        if (offer != null) {
            offer.abandon(page);
        }
    }

    @Override
    protected void escape(boolean entered) {
        if (comparing == null) {
            super.escape(entered);
        } else {
            refuse();
        }
    }

    @Override
    protected void close() {
        leadToForm();
        super.close();
    }

    private void leadToForm() {
        if (comparing != null) {
            leadTo(null, null);
        }
    }

    private void leadTo(String panel, String linkName) {
        getElement().executeJs(LEAD_TO, ClusterLinks.PANEL, panel, LinkEditPanel.LINK, linkName);
    }

    private boolean consumes() {
        return type.getValue() == LinkType.UNIDIRECTIONAL || setup.getValue() == Setup.CONSUME;
    }

    private void showForm() {
        begin(Texts.of("links.create"));
        leadToForm();
        comparing = null;
        addToBody(meanwhile, type, proof, dialed, otherSide, name);
        onceShown(this::showRest);
        addToFoot(progress, steps, new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        show();
    }

    /** What takes longer to draw and is looked at last. */
    private void showRest() {
        if (groups == null) {
            groups = new GroupPicker(tools.groups(), "create-link.groups");
            steps.add(groups.steps());
            showGroups();
        }
        addToBody(description, groups);
    }

    /** Whether somebody answers at a token's addresses shows before it is used. */
    private void dial(TrustToken pasted, Consumer<List<DialedAddress>> told) {
        Caller me = tools.me().get();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> tools.addresses().test(me, pasted),
                        told,
                        problem -> told.accept(List.of()));
    }

    private List<String> chosenGroups() {
        return groups == null ? List.of() : groups.chosen();
    }

    /** Shows what belongs to the type and the way that were chosen. What was typed elsewhere stays, but for tokens. */
    private void showChoice() {
        clearProblem();
        if (!consumes()) {
            token.forget();
        }
        show();
        submit.refuse(refusal());
    }

    private void show() {
        LinkType chosen = type.getValue();
        boolean open = chosen == LinkType.PUBLIC;
        boolean both = chosen == LinkType.BIDIRECTIONAL;
        prove(setup, both);
        prove(token, !open && consumes());
        token.label(!both);
        prove(address, open);
        dialed.setVisible(both && !consumes());
        showGroups();
        otherSide.show(chosen, consumes());
        foldOtherSide();
        name.setHelperText(Texts.of("create-link.name.help." + chosen.wireName()));
        showSubmit();
    }

    private void showGroups() {
        boolean both = type.getValue() == LinkType.BIDIRECTIONAL;
        steps.setVisible(both);
        if (groups != null) {
            groups.setVisible(both);
        }
    }

    /** How a token is made there matters until one has it. */
    private void foldOtherSide() {
        boolean uses = type.getValue() != LinkType.PUBLIC && consumes();
        otherSide.setVisible(!uses || !token.isGood());
    }

    /** The browser makes a field when it is wanted for the first time. */
    private void prove(Component field, boolean wanted) {
        if (wanted && field.getParent().isEmpty()) {
            proof.add(field);
        }
        field.setVisible(wanted);
    }

    private void showSubmit() {
        String verb =
                type.getValue() == LinkType.PUBLIC && comparing == null ? "create-link.fetch" : "create-link.submit";
        submit.setText(Texts.of(running ? verb + ".running" : verb));
    }

    /** A link without an identity here takes one right less. */
    private String refusal() {
        Caller me = tools.me().get();
        boolean links = tools.access().allowed(me, "can_create_cluster_links");
        if (type.getValue() != LinkType.BIDIRECTIONAL) {
            return links ? null : Texts.of("links.create.refused.one-way");
        }
        return links && tools.access().allowed(me, "can_create_identities") ? null : Texts.of("links.create.refused");
    }

    /** A blank at an end would not be seen. */
    private String enteredName() {
        return name.getValue().strip();
    }

    private void prepareName() {
        name.setWidthFull();
        name.addBlurListener(blur -> {
            if (!name.isEmpty()) {
                checkName();
            }
        });
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            meanwhile.clear();
        });
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
    }

    /** Whether somebody else has a link by that name from now on. */
    private boolean takesName(LifecycleEvent event) {
        boolean made = !Live.contact(event) && !event.action().endsWith("-deleted");
        return made
                && !running
                && offer == null
                && event.source()
                        .equals(EntityUrl.of(EntityType.CLUSTER_LINK, enteredName())
                                .brief());
    }

    private boolean checkName() {
        String error = nameError();
        name.setErrorMessage(error);
        name.setInvalid(error != null);
        return error == null;
    }

    private String nameError() {
        if (enteredName().isEmpty()) {
            return Texts.of("create-link.name.required");
        }
        try {
            LinkName.checked(enteredName());
        } catch (ProblemException e) {
            return e.getMessage();
        }
        return tools.links().sees(tools.me().get(), enteredName()) ? Texts.of("create-link.name.taken") : null;
    }

    private void submit() {
        if (running || refusal() != null) {
            return;
        }
        clearProblem();
        if (comparing != null) {
            confirm();
            return;
        }
        boolean open = type.getValue() == LinkType.PUBLIC;
        boolean proofFine = open ? address.check() : !consumes() || token.check();
        boolean nameFine = checkName();
        if (!proofFine) {
            firstField().focus();
        } else if (!nameFine) {
            name.focus();
        } else if (open) {
            fetch();
        } else if (consumes()) {
            consume();
        } else {
            generate();
        }
    }

    private void generate() {
        try {
            CreatePendingLink command =
                    new CreatePendingLink(enteredName(), description.getValue(), Map.of(), chosenGroups());
            IssuedToken made = tools.links().createPending(tools.me().get(), command);
            issued.show(enteredName(), made);
        } catch (ProblemException e) {
            showProblem(Texts.of("create-link.failed"), e.getMessage());
        }
    }

    private void consume() {
        Caller caller = tools.me().get();
        boolean both = type.getValue() == LinkType.BIDIRECTIONAL;
        CreateLinkFromToken command = new CreateLinkFromToken(
                enteredName(), description.getValue(), Map.of(), both ? chosenGroups() : List.of(), token.token());
        inBackground(
                command.name(),
                () -> {
                    if (both) {
                        tools.links().createFromToken(caller, command);
                    } else {
                        tools.links().createUnidirectional(caller, command);
                    }
                    return command.name();
                },
                this::created,
                "create-link.failed");
    }

    private void created(String linkName) {
        Toast.done(new Sentence("create-link.created", linkName));
        if (isAttached()) {
            close();
        }
    }

    private void fetch() {
        PublicOffer asked = new PublicOffer(
                tools,
                tools.me().get(),
                new CreatePublicLink(enteredName(), description.getValue(), Map.of(), address.getValue()));
        offer = asked;
        inBackground(asked.name(), asked::fetch, offered -> compare(asked, offered), "create-link.fetch.failed");
    }

    private void compare(PublicOffer asked, OfferedCertificate offered) {
        if (!isAttached()) {
            return;
        }
        Optional<String> known = linkTo(offered.fingerprint())
                .map(linked -> Texts.of("create-link.linked", linked))
                .or(() -> identityOf(offered.fingerprint())
                        .map(identity -> Texts.of("create-link.known.identity", identity)));
        if (known.isPresent()) {
            if (dropOffer()) {
                submit.refuse(refusal());
                showProblem(Texts.of("create-link.fetch.failed"), known.get());
            }
            return;
        }
        begin(Texts.of("create-link.compare"));
        leadTo(ConfirmPublicPanel.PANEL, asked.name());
        comparing = new CompareCertificate(asked.address(), offered);
        comparing.onTick(ticked -> allowConfirm(ticked));
        addToBody(back(), comparing);
        addToFoot(progress, new ActionButton(Texts.of("panel.back"), this::refuse).look("tertiary"), submit);
        showSubmit();
        allowConfirm(false);
        comparing.field().focus();
    }

    private Component back() {
        ActionButton back =
                new ActionButton(Texts.of("links.create"), "chevron-left", this::refuse).look("tertiary", "small");
        back.addClassName("ls-back");
        return back;
    }

    private void allowConfirm(boolean ticked) {
        submit.refuse(ticked ? null : Texts.of("create-link.compare.refused"));
    }

    /** Back to the form: the pending link goes, what was typed stays. */
    private void refuse() {
        if (running) {
            return;
        }
        clearProblem();
        if (dropOffer()) {
            showForm();
            submit.refuse(refusal());
            address.focus();
        }
    }

    private boolean dropOffer() {
        try {
            offer.refuse();
        } catch (ProblemException e) {
            showProblem(Texts.of("create-link.public.not-removed"), e.getMessage());
            return false;
        }
        offer = null;
        return true;
    }

    private Optional<String> identityOf(String fingerprint) {
        try {
            return Optional.of(tools.identities()
                    .get(tools.me().get(), METHOD, fingerprint)
                    .name());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private Optional<String> linkTo(String fingerprint) {
        return tools.links().linkTo(tools.me().get(), fingerprint);
    }

    private void confirm() {
        PublicOffer asked = offer;
        OfferedCertificate offered = comparing.offered();
        if (!comparing.ticked()) {
            return;
        }
        inBackground(
                asked.name(),
                () -> {
                    asked.confirm(offered);
                    return asked.name();
                },
                this::created,
                "create-link.failed");
    }

    private <T> void inBackground(String linkName, Supplier<T> work, Consumer<T> done, String failed) {
        setRunning(true);
        tools.background()
                .run(
                        UI.getCurrent(),
                        work,
                        result -> {
                            setRunning(false);
                            done.accept(result);
                        },
                        problem -> failed(linkName, problem, failed));
    }

    private void failed(String linkName, RuntimeException problem, String title) {
        setRunning(false);
        String message = LinkProblems.text(problem);
        LinkType other = OtherType.of(type.getValue(), problem);
        if (!isAttached()) {
            Toast.problem(Texts.of("create-link.failed.closed", linkName, message));
        } else if (message.contains(KNOWN)) {
            showProblem(Texts.of(title), Texts.of("create-link.known"), answer(message));
        } else if (other != null) {
            String advice = Texts.of("create-link.other-type." + other.wireName());
            showProblem(Texts.of(title), advice, remedy(other), answer(message));
        } else if (message.contains(UNKNOWN_TOKEN)) {
            token.used();
            showProblem(Texts.of(title), Texts.of("create-link.used"), answer(message));
        } else if (message.contains(NOT_REACHED)) {
            showNotReached(title, message);
        } else {
            showProblem(Texts.of(title), message);
        }
    }

    private void showNotReached(String title, String message) {
        boolean open = type.getValue() == LinkType.PUBLIC;
        if (open && comparing == null) {
            address.setErrorMessage(Texts.of("create-link.address.silent"));
            address.setInvalid(true);
            address.focus();
        }
        showProblem(
                Texts.of(title),
                Texts.of(open ? "create-link.not-reached" : "create-link.token.not-reached"),
                answer(message));
    }

    /** What was answered, word for word, below what is to be done. */
    private static Div answer(String message) {
        Div answer = new Div(Texts.of("create-link.answered", message));
        answer.addClassName("ls-small");
        return answer;
    }

    /** Tokens for both types look alike; which type one is for shows when the other cluster refuses it. */
    private Div remedy(LinkType other) {
        String word = Texts.of("link.type." + other.wireName());
        Div button = new Div(
                new ActionButton(Texts.of("create-link.other-type.choose", word), () -> choose(other)).look("small"));
        button.addClassName("ls-remedy");
        return button;
    }

    /** The token that was pasted stays. The button that was pressed goes, so that the one that is next has the focus. */
    private void choose(LinkType other) {
        setup.setValue(Setup.CONSUME);
        type.setValue(other);
        if (token.isGood() && submit.isEnabled()) {
            submit.focus();
        } else {
            focusFirstField();
        }
    }

    private void setRunning(boolean now) {
        running = now;
        progress.setVisible(now);
        showSubmit();
    }
}
