package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.Identity;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.LinkName;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkType;
import dev.linkspan.link.UpdateLink;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.MembershipChange;
import dev.linkspan.ui.shared.MembershipPicker;
import dev.linkspan.ui.shared.MembershipPreview;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.NoLongerAllowed;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.UndoStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.type.TypeReference;

/**
 * Changes a link: its name and description here, one's own configuration keys and, when the peer has an identity here, what
 * that may do. What others change meanwhile is said and kept; one's own input stays.
 */
class LinkEditPanel extends SidePanel {
    /** What opens the panel in the address of a page that shows links. */
    static final String PANEL = "edit-cluster-link";

    static final String LINK = "link";
    private static final String WORDS = "membership.groups";
    private static final String METHOD = "tls";
    private static final String VOLATILE = "volatile.";
    private static final int CHANGED_MEANWHILE = 412;

    private final LinkTools tools;
    private final Meanwhile meanwhile;
    private final TextField name = new TextField(Texts.of("create-link.name"));
    private final TextField description = Fields.optional(new TextField(), Texts.of("create-link.description"));
    private final UserKeys keys = new UserKeys(this::showSave, this::save);
    private final MembershipPreview preview = new MembershipPreview(MembershipPreview.OF_LINKS, group -> group);
    private final ActionButton save = new ActionButton("", this::save).look("primary");
    private final NoLongerAllowed taken = new NoLongerAllowed();
    private UndoStack<MembershipChange> undo;
    private MembershipPicker picker;
    private final Consumer<String> onRename;
    private LinkOverview seen;
    private String refusal;
    private boolean gone;

    /**
     * What one goes from.
     *
     * @param groups by their rows
     */
    record Ground(
            long id, String name, String description, SortedMap<String, String> config, Map<Long, String> groups) {}

    private LinkEditPanel(LinkTools tools, String linkName, Consumer<String> onRename, Runnable onClose) {
        super(Texts.of("edit-link", linkName), onClose);
        this.tools = tools;
        this.onRename = onRename;
        Caller me = tools.me().get();
        seen = tools.links().overview(me, linkName);
        meanwhile =
                tools.colleagues().meanwhile(this::takeTheirs).follow(this, LinkEditPanel::concerns, this::takeOver);
        prepareName();
        description.setWidthFull();
        description.setValueChangeMode(ValueChangeMode.LAZY);
        description.addValueChangeListener(change -> showSave());
        for (TextField field : List.of(name, description)) {
            // What is being typed is one's own before a colleague's change arrives.
            field.setValueChangeMode(ValueChangeMode.EAGER);
        }
        name.setValue(seen.link().name());
        description.setValue(seen.link().description());
        keys.show(seen.link().config());
        addToBody(taken, meanwhile, name, description);
        if (seen.link().type() == LinkType.BIDIRECTIONAL) {
            addGroups(me);
        }
        addToBody(keys);
        if (undo != null) {
            addToFoot(undo);
        }
        addToFoot(new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), save);
        submitOnEnter(this::save, name, description);
        followRights();
        tools.live().refresh(this, Live::trust, this::followRights);
        meanwhile.goesFrom(new TypeReference<>() {}, this::ground, this::whoseEvents, this::sayChanged);
    }

    /** What the caller may do can change while the panel is open. */
    private void followRights() {
        boolean allowed = tools.access().allowed(tools.me().get(), seen.link().reference(), "can_edit");
        refusal = allowed ? null : Texts.of("links.refused.can_edit");
        name.setReadOnly(!allowed);
        description.setReadOnly(!allowed);
        keys.setReadOnly(!allowed);
        if (!gone) {
            taken.show(refusal);
        }
        showSave();
    }

    private Ground ground() {
        ClusterLink link = seen.link();
        return new Ground(
                link.id(),
                link.name(),
                link.description(),
                new TreeMap<>(link.config()),
                picker == null ? Map.of() : picker.rowsOf(seen.groups()));
    }

    /** A link's groups are those of its identity. */
    private List<EntityUrl> whoseEvents(Ground before) {
        EntityUrl link = EntityUrl.of(EntityType.CLUSTER_LINK, seen.link().name());
        try {
            return List.of(
                    link,
                    tools.identities()
                            .get(tools.me().get(), METHOD, seen.link().name())
                            .url());
        } catch (ProblemException e) {
            return List.of(link);
        }
    }

    private void sayChanged(Ground before) {
        if (changes() > 0 && before.id() != seen.link().id()) {
            sayGone();
        } else if (changes() > 0) {
            meanwhile.changed(differences(before, picker == null ? Set.of() : picker.now(before.groups())), true);
        }
    }

    /** Somebody has deleted the link, whatever has its name by now. */
    private void sayGone() {
        gone = true;
        meanwhile.gone();
        showSave();
    }

    /**
     * The panel for one link, also when it was renamed meanwhile; none, and a word why, when the caller can't see it.
     *
     * @param onRename is told the name that a colleague has given to the link
     */
    static Optional<SidePanel> open(LinkTools tools, String linkName, Consumer<String> onRename, Runnable onClose) {
        try {
            return Optional.of(new LinkEditPanel(tools, linkName, onRename, onClose));
        } catch (ProblemException e) {
            Optional<String> now = tools.colleagues().nowCalled(EntityUrl.of(EntityType.CLUSTER_LINK, linkName));
            if (now.filter(name -> tools.links().sees(tools.me().get(), name)).isPresent()) {
                onRename.accept(now.get());
                return open(tools, now.get(), onRename, onClose);
            }
            Toast.problem(LinkProblems.ofOpening(e));
            return Optional.empty();
        }
    }

    /** What a page's address has to ask for to show this panel. */
    static QueryParameters query(String linkName) {
        return QueryParameters.simple(Map.of("panel", PANEL, LINK, linkName));
    }

    @Override
    protected Focusable<?> firstField() {
        return description;
    }

    /** A blank at an end would not be seen. */
    private String enteredName() {
        return name.getValue().strip();
    }

    private void prepareName() {
        name.setWidthFull();
        name.setHelperText(Texts.of("edit-link.name.help"));
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            showSave();
        });
    }

    private void addGroups(Caller me) {
        MembershipChange start = MembershipChange.none(subjects(seen));
        String groupsRefusal = groupsRefusal(me);
        List<MembershipPicker.Choice> choices = choices(me, groupsRefusal);
        undo = new UndoStack<>(start, this::showGroups);
        picker = new MembershipPicker(WORDS, choices, start, undo::change)
                .help(Texts.of(
                        seen.link().phase() == LinkPhase.PENDING
                                ? "create-link.groups.help"
                                : "edit-link.groups.help"));
        picker.keep(undo);
        addToBody(picker, preview);
    }

    private List<MembershipPicker.Choice> choices(Caller me, String groupsRefusal) {
        return tools.allGroups().brief(me).stream()
                .map(group -> new MembershipPicker.Choice(
                        group.name(), group.id(), group.name(), group.description(), groupsRefusal))
                .toList();
    }

    private String groupsRefusal(Caller me) {
        try {
            Identity peer = tools.identities().get(me, METHOD, seen.link().name());
            boolean allowed = tools.access().allowed(me, peer.reference(), "can_edit");
            return allowed ? null : Texts.of("identity.refused.can_edit");
        } catch (ProblemException e) {
            return Texts.of("identity.refused.can_edit");
        }
    }

    private void showGroups(MembershipChange change) {
        picker.show(change);
        preview.show(change);
        showSave();
    }

    private static List<MembershipChange.Subject> subjects(LinkOverview link) {
        return List.of(new MembershipChange.Subject(
                String.valueOf(link.link().identityId()), link.link().name(), Set.copyOf(link.groups())));
    }

    private int changes() {
        ClusterLink link = seen.link();
        return (enteredName().equals(link.name()) ? 0 : 1)
                + (description.getValue().equals(link.description()) ? 0 : 1)
                + differing(link.config(), keys.value()).size()
                + (undo == null ? 0 : undo.now().size());
    }

    private static List<String> differing(Map<String, String> before, Map<String, String> after) {
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        return all.stream()
                .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                .toList();
    }

    private void showSave() {
        int changes = changes();
        save.setText(Texts.of("edit-link.save", changes));
        String nothing = changes == 0 ? Texts.of("edit-link.save.nothing") : null;
        String reason = gone ? Texts.of("meanwhile.gone.refused") : refusal;
        save.refuse(reason == null ? nothing : reason);
    }

    private void save() {
        clearProblem();
        if (gone || refusal != null || changes() == 0 || !keys.check() || !checkName()) {
            return;
        }
        ClusterLink before = seen.link();
        try {
            saveParts();
            Toast.done(new Sentence("edit-link.saved", enteredName()));
            close();
        } catch (ProblemException e) {
            if (e.status() == CHANGED_MEANWHILE) {
                takeOver();
            }
            boolean saved = !description.getValue().equals(before.description())
                    && description.getValue().equals(seen.link().description());
            showProblem(
                    Texts.of("edit-link.failed"),
                    e.getMessage(),
                    saved ? new Component[] {new Div(Texts.of("edit-link.saved-before"))} : new Component[0]);
        }
    }

    /** Part by part; what was saved before a part fails stays saved. */
    private void saveParts() {
        Caller me = tools.me().get();
        ClusterLink link = seen.link();
        SortedMap<String, String> config = keys.value();
        if (!description.getValue().equals(link.description()) || !config.equals(new TreeMap<>(link.config()))) {
            tools.links()
                    .update(
                            me,
                            link.name(),
                            new UpdateLink(description.getValue(), withVolatile(me, config), true),
                            this::requireUnchanged);
            seen = tools.links().overview(me, link.name());
        }
        if (undo != null && !undo.now().isEmpty()) {
            MembershipChange.Subject peer = undo.now().subjects().getFirst();
            tools.identities()
                    .changeGroups(
                            me,
                            METHOD,
                            link.name(),
                            undo.now().added(peer),
                            undo.now().removed(peer));
            seen = tools.links().overview(me, link.name());
            undo.restart(MembershipChange.none(subjects(seen)));
        }
        if (!enteredName().equals(link.name())) {
            tools.links().rename(me, link.name(), enteredName());
        }
    }

    private Map<String, String> withVolatile(Caller me, Map<String, String> config) {
        Map<String, String> all = new TreeMap<>(config);
        tools.links().get(me, seen.link().name()).wireConfig().forEach((key, value) -> {
            if (key.startsWith(VOLATILE)) {
                all.put(key, value);
            }
        });
        return all;
    }

    /** What a colleague has changed meanwhile isn't overwritten unseen. */
    private void requireUnchanged(ClusterLink current) {
        boolean same = current.description().equals(seen.link().description())
                && current.config().equals(seen.link().config());
        if (!same) {
            throw new ProblemException(CHANGED_MEANWHILE, Texts.of("meanwhile.unsaved"));
        }
    }

    private boolean checkName() {
        String error = nameError();
        name.setErrorMessage(error);
        name.setInvalid(error != null);
        if (error != null) {
            name.focus();
        }
        return error == null;
    }

    private String nameError() {
        String wanted = enteredName();
        if (wanted.equals(seen.link().name())) {
            return null;
        }
        if (wanted.isBlank()) {
            return Texts.of("create-link.name.required");
        }
        try {
            LinkName.checked(wanted);
        } catch (ProblemException e) {
            return e.getMessage();
        }
        return tools.links().sees(tools.me().get(), wanted) ? Texts.of("edit-link.name.taken") : null;
    }

    /** The groups of a link are those of its identity. */
    private static boolean concerns(LifecycleEvent event) {
        return Live.trust(event);
    }

    /**
     * Takes note of the link as it is now, and says what somebody has changed. Fields that one has changed oneself keep what
     * was typed.
     */
    private void takeOver() {
        if (gone) {
            return;
        }
        Ground before = ground();
        LinkOverview now;
        try {
            now = current();
        } catch (ProblemException e) {
            sayGone();
            return;
        }
        seen = now;
        takeOverTexts(before, now.link());
        Set<String> groups = Set.of();
        List<String> ofGroups = List.of();
        if (undo != null) {
            Caller me = tools.me().get();
            ofGroups = picker.follow(choices(me, groupsRefusal(me)), undo, change -> change.on(subjects(now)))
                    .ofGroups();
            groups = picker.now(before.groups());
        }
        List<String> what = new ArrayList<>(differences(before, groups));
        what.addAll(ofGroups);
        meanwhile.changed(what, changes() > 0);
        showSave();
    }

    /**
     * What somebody has changed.
     *
     * @param had the groups before, by the names that they have now
     */
    private List<String> differences(Ground before, Set<String> had) {
        ClusterLink now = seen.link();
        List<String> what = new ArrayList<>();
        if (!now.name().equals(before.name())) {
            what.add(Texts.of("meanwhile.name", now.name()));
        }
        if (!now.description().equals(before.description())) {
            what.add(Texts.of(
                    now.description().isEmpty() ? "meanwhile.description.none" : "meanwhile.description",
                    now.description()));
        }
        List<String> keys = differing(before.config(), now.config());
        if (!keys.isEmpty()) {
            what.add(Texts.of("meanwhile.keys", Names.of(keys, key -> key)));
        }
        if (picker != null) {
            what.addAll(Meanwhile.difference("meanwhile.groups", had, Set.copyOf(seen.groups())));
        }
        return what;
    }

    private void takeOverTexts(Ground before, ClusterLink now) {
        if (!now.name().equals(before.name())) {
            takeOver(name, before.name(), now.name());
            retitle(Texts.of("edit-link", now.name()));
            onRename.accept(now.name());
        }
        takeOver(description, before.description(), now.description());
        boolean untouched = differing(before.config(), keys.value()).isEmpty();
        if (untouched && !differing(before.config(), now.config()).isEmpty()) {
            keys.show(now.config());
        }
    }

    private static void takeOver(TextField field, String before, String now) {
        if (field.getValue().equals(before)) {
            field.setValue(now);
        }
    }

    private void takeTheirs() {
        name.setValue(seen.link().name());
        description.setValue(seen.link().description());
        keys.show(seen.link().config());
        if (undo != null) {
            undo.restart(MembershipChange.none(subjects(seen)));
        }
        showSave();
    }

    /** The same link, which may have another name by now. */
    private LinkOverview current() {
        return tools.links().overview(tools.me().get(), seen.link().id());
    }
}
