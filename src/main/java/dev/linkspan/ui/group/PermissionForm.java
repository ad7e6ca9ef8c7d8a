package dev.linkspan.ui.group;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.group.Resources.Resource;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.KeptChoice;
import dev.linkspan.ui.shared.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.type.TypeReference;

/** Chooses a resource type, a resource and an entitlement, one after the other. */
public class PermissionForm extends Div {
    private static final String ENTITLEMENT = """
            <div>
              <span class="ls-row"><code class="ls-cut">${item.name}</code>${item.held
                ? html`<span class="ls-chip">${item.held}</span>` : ''}<span class="ls-muted ls-small ls-end"
                >${item.reach}</span></span>
              <span class="ls-under">${item.description}</span>
            </div>""";

    private final GroupTools tools;
    private final ComboBox<EntityType> type = new ComboBox<>(Texts.of("permissions.type"));
    private final ComboBox<Resource> resource = new ComboBox<>(Texts.of("permissions.resource"));
    private final ComboBox<EntitlementDescription> entitlement = new ComboBox<>(Texts.of("permissions.entitlement"));
    private final Div fields = new Div(type, resource, entitlement);
    private final Runnable changed;
    private ActionButton button;
    private KeptChoice<Chosen> kept;

    /** As far as it goes; null for what isn't chosen. */
    private record Chosen(String type, String url, String entitlement) {}

    /**
     * A form without a choice.
     *
     * @param held whether a permission is held already, which is said in the list
     * @param changed is told whenever something else is chosen
     */
    public PermissionForm(GroupTools tools, String help, Predicate<Permission> held, Runnable changed) {
        this.tools = tools;
        this.changed = changed;
        addClassNames("ls-read", "ls-permission-form");
        Paragraph text = new Paragraph(help);
        text.addClassName("ls-muted");
        fields.addClassName("ls-trio");
        type.setPlaceholder(Texts.of("permissions.type.choose"));
        resource.setPlaceholder(Texts.of("permissions.resource.choose"));
        entitlement.setPlaceholder(Texts.of("permissions.entitlement.choose"));
        prepareResource();
        prepareEntitlement(held);
        add(text, fields);
    }

    /** Puts a button at the end of the fields, for which the choice is kept when the page is loaded anew. */
    void addButton(ActionButton button) {
        this.button = button;
        kept = new KeptChoice<>(fields, new TypeReference<>() {}, this::takeBack);
        fields.add(button);
    }

    private void prepareResource() {
        type.setItems(tools.resources().types());
        type.setItemLabelGenerator(PermissionWords::type);
        type.addValueChangeListener(change -> typeChosen(change.getValue(), change.isFromClient()));
        resource.setItemLabelGenerator(Resource::label);
        resource.setEnabled(false);
        resource.setOverlayWidth("22rem");
        resource.addValueChangeListener(change -> {
            entitlement.setEnabled(change.getValue() != null);
            refresh();
            if (change.isFromClient() && change.getValue() != null) {
                entitlement.focus();
            }
            changed.run();
            keep();
        });
    }

    private void prepareEntitlement(Predicate<Permission> held) {
        entitlement.setItemLabelGenerator(EntitlementDescription::name);
        entitlement.setRenderer(LitRenderer.<EntitlementDescription>of(ENTITLEMENT)
                .withProperty("name", EntitlementDescription::name)
                .withProperty(
                        "held",
                        item -> resource.getValue() != null
                                        && held.test(resource.getValue().permission(item.name()))
                                ? Texts.of("permissions.held")
                                : "")
                .withProperty("reach", item -> Texts.of(general(item) ? "permissions.general" : "permissions.granular"))
                .withProperty("description", EntitlementDescription::description));
        entitlement.setEnabled(false);
        entitlement.setOverlayWidth("24rem");
        entitlement.addValueChangeListener(change -> {
            changed.run();
            keep();
            if (change.isFromClient() && change.getValue() != null && button != null) {
                button.focus();
            }
        });
    }

    /** What concerns the resource as a whole, as against one kind of thing in it or one thing to do with it. */
    private static boolean general(EntitlementDescription item) {
        return !item.name().startsWith("can_")
                || List.of("can_view", "can_edit", "can_delete").contains(item.name());
    }

    private void typeChosen(EntityType chosen, boolean byUser) {
        resource.clear();
        entitlement.clear();
        resource.setEnabled(chosen != null && chosen != EntityType.SERVER);
        keep();
        if (chosen == null) {
            return;
        }
        List<Resource> choices = tools.resources().of(chosen, tools.me().get());
        resource.setItems(choices);
        entitlement.setItems(tools.model().entitlements(chosen).stream()
                .sorted(Comparator.comparing(item -> !general(item)))
                .toList());
        if (chosen == EntityType.SERVER) {
            resource.setValue(choices.getFirst());
        }
        if (byUser) {
            (chosen == EntityType.SERVER ? entitlement : resource).focus();
        }
    }

    private void keep() {
        if (kept == null) {
            return;
        }
        String url = resource.getOptionalValue().map(on -> on.url().toString()).orElse(null);
        String what =
                entitlement.getOptionalValue().map(EntitlementDescription::name).orElse(null);
        kept.keep(type.isEmpty() ? null : new Chosen(type.getValue().wireName(), url, what));
    }

    private void takeBack(Chosen was) {
        EntityType.ofWireName(Objects.requireNonNullElse(was.type(), "")).ifPresent(type::setValue);
        EntityUrl.parse(Objects.requireNonNullElse(was.url(), ""))
                .ifPresent(url -> choose(url, Objects.requireNonNullElse(was.entitlement(), "")));
    }

    /** Draws the entitlements anew: what is held has changed. */
    void refresh() {
        if (type.getValue() != null) {
            entitlement.getListDataView().refreshAll();
        }
    }

    /** The resource that is chosen, with or without an entitlement. */
    public Optional<EntityUrl> resource() {
        return resource.getOptionalValue().map(Resource::url);
    }

    /** What is chosen, when all three are. */
    public Optional<Permission> chosen() {
        return resource.getOptionalValue()
                .flatMap(on -> entitlement.getOptionalValue().map(what -> on.permission(what.name())));
    }

    /** Chooses a permission, as far as its resource is there. */
    public void choose(EntityUrl url, String name) {
        type.setValue(url.type());
        if (!tools.resources().types().contains(url.type())) {
            return;
        }
        resource.getListDataView()
                .getItems()
                .filter(item -> item.url().equals(url))
                .findFirst()
                .ifPresent(resource::setValue);
        tools.model().entitlement(url.type(), name).ifPresent(entitlement::setValue);
    }

    /** Makes room for the next entitlement on the same resource. */
    void next() {
        entitlement.clear();
        entitlement.focus();
    }

    void focus() {
        type.focus();
    }
}
