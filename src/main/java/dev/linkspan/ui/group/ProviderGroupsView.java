package dev.linkspan.ui.group;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.setting.SettingsView;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.EmptyState;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.ListAddress;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.SelectionBar;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The identity provider's groups, and the auth groups that they stand for. */
@Route("permissions/idp-groups")
public class ProviderGroupsView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    private static final String PANEL = ListAddress.PANEL;
    private static final String CREATE = "create-idp-groups";
    private static final String EDIT = "edit-idp-groups";
    private static final String GROUP = "idp-group";
    private static final String CLAIM = "oidc.groups.claim";

    private final GroupTools tools;
    private final GroupChoices choices;
    private final ProviderGroupsTable table;
    private final SearchField search = new SearchField(
                    Texts.of("provider-groups.search.label"),
                    Texts.of("provider-groups.search"),
                    words -> narrowed(words))
            .reachedBySlash();
    private final Div bar = new Div();
    private final Div noneFound = new Div();
    private final EmptyState empty =
            new EmptyState(Texts.of("provider-groups.empty.title"), new Paragraph(Texts.of("provider-groups.lead")));
    private final ActionButton delete = new ActionButton("", "trash-2", this::deleteSelected).look("error", "small");
    private final ListAddress address = new ListAddress();
    private final List<ActionButton> create = List.of(createButton(), createButton());
    private final PageHead head =
            new PageHead(Texts.of("provider-groups.title"), Texts.of("provider-groups.explanation"), create.getFirst());
    private String openPanel = "";
    private ProviderGroupPanel createPanel;

    ProviderGroupsView(GroupTools tools, GroupChoices choices, Live live) {
        this.tools = tools;
        this.choices = choices;
        addClassName("ls-view");
        table = new ProviderGroupsTable(group -> refusal(group, "can_delete"), this::rowActions);
        SelectionBar<IdentityProviderGroup> selected = new SelectionBar<>(table.selection(), table.rows(), delete);
        table.selection()
                .onChange(() -> delete.setText(
                        Texts.of("provider-groups.delete", table.selection().size())));
        bar.add(search);
        bar.addClassNames("ls-tools", "ls-below-head");
        noneFound.addClassName("ls-none");
        address.with(ListAddress.QUERY, search::getValue).with(ListAddress.SORT, table.order()::value);
        table.order().onChange(address::changed);
        ActionButton claim =
                new ActionButton(Texts.of("provider-groups.empty.claim.button"), () -> SettingsView.open(CLAIM));
        empty.way(
                        new Symbol("settings"),
                        Texts.of("provider-groups.empty.claim"),
                        new Sentence("provider-groups.claim"),
                        claim)
                .way(
                        new Symbol("id-card"),
                        Texts.of("provider-groups.empty.map"),
                        new Span(Texts.of("provider-groups.empty.map.text")),
                        create.getLast())
                .command(Texts.of("links.empty.command"), Texts.of("provider-groups.empty.command"));
        add(head, bar, selected, noneFound, table, empty, new FitColumns());
        live.refresh(this, Live::trust, this::refresh);
    }

    private ActionButton createButton() {
        ActionButton create = new ActionButton(
                        Texts.of("provider-group.create"), "plus", () -> address.open(Map.of(PANEL, CREATE)))
                .look("primary");
        create.getElement().setAttribute("aria-keyshortcuts", "C");
        return create;
    }

    /** What the caller may do can change while the page is open. */
    private void followRights() {
        boolean mayCreate = tools.access().allowed(tools.me().get(), "can_create_identity_provider_groups");
        String refusal = mayCreate ? null : Texts.of("provider-group.create.refused");
        create.forEach(button -> button.refuse(refusal));
        if (createPanel != null) {
            createPanel.submitButton().refuse(refusal);
        }
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        address.entered(event);
        table.order().show(parameters.getSingleParameter(ListAddress.SORT).orElse(""));
        String words = parameters.getSingleParameter(ListAddress.QUERY).orElse("");
        if (!words.equals(search.getValue())) {
            search.setValue(words);
        }
        String wanted = parameters.getSingleParameter(PANEL).orElse("");
        String group = parameters.getSingleParameter(GROUP).orElse("");
        String panel = wanted + ' ' + group;
        if (panel.equals(openPanel)) {
            return;
        }
        openPanel = panel;
        table.rows().mark(row -> wanted.equals(EDIT) && row.name().equals(address.other(GROUP)));
        PanelHost host = PanelHost.of(this);
        switch (wanted) {
            case CREATE -> {
                createPanel = panel(null);
                followRights();
                host.open(createPanel);
            }
            case EDIT -> edit(group, host);
            default -> showNoPanel(host);
        }
    }

    /** Also when the address asks for one that can't be shown. */
    private void showNoPanel(PanelHost host) {
        host.closePanel();
        if (!address.other(PANEL).isEmpty()) {
            address.forgetPanel();
            openPanel = " ";
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("provider-groups.title"));
    }

    private void edit(String name, PanelHost host) {
        try {
            host.open(panel(tools.providerGroups().get(tools.me().get(), name)));
        } catch (ProblemException e) {
            Optional<IdentityProviderGroup> now = renamedSince(name);
            if (now.isPresent()) {
                renamed(now.get().name());
                host.open(panel(now.get()));
                return;
            }
            showNoPanel(host);
            Toast.problem(e.getMessage());
        }
    }

    private Optional<IdentityProviderGroup> renamedSince(String name) {
        return tools.colleagues()
                .nowCalled(EntityUrl.of(EntityType.IDENTITY_PROVIDER_GROUP, name))
                .flatMap(now -> tools.providerGroups().list(tools.me().get()).stream()
                        .filter(group -> group.name().equals(now))
                        .findFirst());
    }

    private ProviderGroupPanel panel(IdentityProviderGroup edited) {
        return new ProviderGroupPanel(tools, choices, edited, this::renamed, address::close);
    }

    /** The group whose panel is open has another name. */
    private void renamed(String name) {
        address.rename(GROUP, name);
        openPanel = EDIT + ' ' + name;
    }

    private void refresh() {
        followRights();
        List<IdentityProviderGroup> all = tools.providerGroups().list(tools.me().get());
        bar.setVisible(!all.isEmpty());
        create.getFirst().setVisible(!all.isEmpty());
        head.setLead(
                all.isEmpty()
                        ? new Span()
                        : new Span(
                                new Span(Texts.of("provider-groups.lead") + ' '),
                                new Sentence("provider-groups.claim")));
        empty.setVisible(all.isEmpty());
        table.show(all);
        search(search.getValue().strip());
    }

    private void narrowed(String words) {
        address.changed();
        search(words);
        table.rows().sayFound();
    }

    private void search(String words) {
        int found = table.search(words);
        boolean nothing = bar.isVisible() && found == 0;
        noneFound.setVisible(nothing);
        table.setVisible(found > 0);
        noneFound.removeAll();
        if (nothing) {
            Button clear = new Button(Texts.of("search.clear"), click -> search.clear());
            clear.addThemeNames("small");
            noneFound.add(new Span(Texts.of("provider-groups.none-found", words)), clear);
        }
    }

    private List<RowAction> rowActions(IdentityProviderGroup group) {
        return List.of(
                RowAction.quick(
                        "edit",
                        Texts.of("provider-group.edit", group.name()),
                        "pencil",
                        refusal(group, "can_edit"),
                        () -> address.open(Map.of(PANEL, EDIT, GROUP, group.name()))),
                RowAction.inMenu(
                        "delete",
                        Texts.of("provider-group.delete"),
                        "trash-2",
                        refusal(group, "can_delete"),
                        () -> askToDelete(List.of(group))));
    }

    private String refusal(IdentityProviderGroup group, String entitlement) {
        boolean allowed = tools.access().allowed(tools.me().get(), group.reference(), entitlement);
        return allowed ? null : Texts.of("provider-group.refused." + entitlement);
    }

    private void deleteSelected() {
        askToDelete(table.selection().rows());
    }

    private void askToDelete(List<IdentityProviderGroup> groups) {
        Confirmation.destroy(
                left -> Texts.of(
                        "provider-group.delete.title",
                        left.size(),
                        left.getFirst().name()),
                new AskedAbout<>(
                        tools.colleagues(),
                        groups,
                        IdentityProviderGroup::id,
                        IdentityProviderGroup::name,
                        () -> tools.providerGroups().list(tools.me().get())),
                left -> left.size() == 1
                        ? Texts.of("provider-group.delete")
                        : Texts.of("provider-groups.delete", left.size()),
                this::deletion,
                this::delete);
    }

    private List<Component> deletion(List<IdentityProviderGroup> groups) {
        List<Component> text = new ArrayList<>();
        text.add(new Paragraph(new Sentence(
                "provider-group.delete.text", groups.size(), Names.of(groups, IdentityProviderGroup::name))));
        text.add(new Paragraph(Texts.of("provider-group.delete.loss")));
        PlannedChange planned = PlannedChange.ofMappings(
                groups.stream().collect(Collectors.toMap(IdentityProviderGroup::name, group -> List.of())));
        text.addAll(GroupSaving.warnings(tools, planned, false));
        return text;
    }

    private void delete(List<IdentityProviderGroup> groups) {
        int deleted = 0;
        for (IdentityProviderGroup group : groups) {
            try {
                tools.providerGroups().delete(tools.me().get(), group.name());
                deleted++;
            } catch (ProblemException e) {
                Toast.problem(Texts.of("provider-group.delete.failed", group.name(), e.getMessage()));
            }
        }
        if (deleted > 0) {
            Toast.done(
                    groups.size() == 1
                            ? new Sentence(
                                    "provider-group.deleted", groups.getFirst().name())
                            : new Sentence("provider-groups.deleted", deleted));
        }
        table.selection().clear();
    }
}
