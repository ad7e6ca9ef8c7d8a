package dev.linkspan.ui.group;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.ListAddress;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.SelectionBar;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Map;

/** The auth groups: what there is, making some and deleting some. */
@Route("permissions/groups")
public class GroupsView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    private static final String PANEL = ListAddress.PANEL;
    private static final String CREATE = "create-groups";
    private static final String EDIT = "edit-groups";
    private static final String MEMBERS = "change-identities";
    private static final String GROUP = "group";

    private final GroupTools tools;
    private final GroupsTable table;
    private final SearchField search = new SearchField(
                    Texts.of("groups.search.label"), Texts.of("groups.search"), words -> narrowed(words))
            .reachedBySlash();
    private final Div noneFound = new Div();
    private final ActionButton delete = new ActionButton("", "trash-2", this::deleteSelected).look("error", "small");
    private final ActionButton members =
            new ActionButton(Texts.of("groups.members"), "users-round", this::openMembers).look("small");
    private final ListAddress address = new ListAddress();
    private final ActionButton create = new ActionButton(
                    Texts.of("group.create"), "plus", () -> address.open(Map.of(PANEL, CREATE)))
            .look("primary");
    private String openPanel = "";
    private GroupMembersPanel membersPanel;
    private GroupPanel createPanel;

    GroupsView(GroupTools tools, Live live) {
        this.tools = tools;
        addClassName("ls-view");
        table = new GroupsTable(this::rowActions);
        SelectionBar<GroupSummary> selected = new SelectionBar<>(table.selection(), table.rows(), members, delete);
        table.selection().onChange(this::countSelected);
        create.getElement().setAttribute("aria-keyshortcuts", "C");
        PageHead head = new PageHead(Texts.of("groups.title"), Texts.of("groups.explanation"), create);
        Div bar = new Div(search);
        bar.addClassNames("ls-tools", "ls-below-head");
        noneFound.addClassName("ls-none");
        address.with(ListAddress.QUERY, search::getValue).with(ListAddress.SORT, table.order()::value);
        table.order().onChange(address::changed);
        add(head, bar, selected, noneFound, table, new FitColumns());
        live.refresh(this, Live::trust, this::refresh);
    }

    /** Leads from another page to the panel that makes a group. */
    public static void goToCreate() {
        UI.getCurrent().navigate(GroupsView.class, QueryParameters.of(PANEL, CREATE));
    }

    /** Leads to a new group that starts as another one is. */
    static void duplicate(String name) {
        UI.getCurrent().navigate(GroupsView.class, QueryParameters.simple(Map.of(PANEL, CREATE, GROUP, name)));
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
        table.selection().panel(wanted.equals(MEMBERS), this::openMembers);
        switch (wanted) {
            case CREATE -> create(group);
            case EDIT -> GroupView.open(group);
            case MEMBERS -> changeMembers();
            default -> showNoPanel();
        }
    }

    /** Also when the address asks for one that can't be shown. */
    private void showNoPanel() {
        PanelHost.of(this).closePanel();
        if (!address.other(PANEL).isEmpty()) {
            address.forgetPanel();
            openPanel = " ";
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("groups.title"));
    }

    private void create(String modelName) {
        AuthGroup model = null;
        try {
            model = modelName.isEmpty() ? null : tools.groups().get(tools.me().get(), modelName);
        } catch (ProblemException e) {
            Toast.problem(e.getMessage());
            address.forget(GROUP);
            openPanel = CREATE + ' ';
        }
        createPanel = new GroupPanel(
                tools, model, address::close, name -> address.leaveFor(new Location(GroupView.address(name))));
        followRights();
        PanelHost.of(this).open(createPanel);
    }

    private void openMembers() {
        address.open(Map.of(PANEL, MEMBERS));
    }

    private void changeMembers() {
        List<GroupSummary> groups = table.selection().rows();
        if (groups.isEmpty()) {
            showNoPanel();
        } else {
            membersPanel = new GroupMembersPanel(tools, groups, address::close);
            PanelHost.of(this).open(membersPanel);
        }
    }

    /** What the caller may do can change while the page is open. */
    private void followRights() {
        boolean mayCreate = tools.access().allowed(tools.me().get(), "can_create_groups");
        String refusal = mayCreate ? null : Texts.of("group.create.refused");
        create.refuse(refusal);
        if (createPanel != null) {
            createPanel.submitButton().refuse(refusal);
        }
    }

    private void refresh() {
        followRights();
        List<GroupSummary> all = tools.groups().summaries(tools.me().get());
        table.show(all);
        if (membersPanel != null && membersPanel.isAttached()) {
            membersPanel.refresh(all);
        }
        search(search.getValue().strip());
    }

    private void narrowed(String words) {
        address.changed();
        search(words);
        table.rows().sayFound();
    }

    private void search(String words) {
        int found = table.search(words);
        noneFound.setVisible(found == 0);
        table.setVisible(found > 0);
        noneFound.removeAll();
        if (found == 0) {
            Button clear = new Button(Texts.of("search.clear"), click -> search.clear());
            clear.addThemeNames("small");
            noneFound.add(new Span(Texts.of("groups.none-found", words)), clear);
        }
    }

    private void countSelected() {
        delete.setText(Texts.of("groups.delete", table.selection().size()));
        boolean some = table.selection().rows().stream().anyMatch(group -> refusal(group, "can_delete") == null);
        delete.refuse(
                some || table.selection().isEmpty()
                        ? null
                        : refusal(table.selection().rows().getFirst(), "can_delete"));
    }

    private void deleteSelected() {
        new DeleteGroups(tools, table.selection().rows(), table.selection()::clear).open();
    }

    private List<RowAction> rowActions(GroupSummary group) {
        boolean mayCreate = tools.access().allowed(tools.me().get(), "can_create_groups");
        return List.of(
                RowAction.quick(
                        "edit",
                        Texts.of("group.edit", group.name()),
                        "pencil",
                        null,
                        () -> GroupView.open(group.name())),
                RowAction.inMenu(
                        "duplicate",
                        Texts.of("group.duplicate"),
                        "copy",
                        mayCreate ? null : Texts.of("group.create.refused"),
                        () -> duplicate(group.name())),
                RowAction.inMenu(
                        "delete",
                        Texts.of("group.delete"),
                        "trash-2",
                        refusal(group, "can_delete"),
                        () -> new DeleteGroups(tools, List.of(group), () -> {}).open()));
    }

    private String refusal(GroupSummary group, String entitlement) {
        return GroupActions.refusal(tools, group.name(), group.reference(), entitlement);
    }
}
