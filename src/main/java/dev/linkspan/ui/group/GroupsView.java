package dev.linkspan.ui.group;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Map;

/** The auth groups: what there is, and making, changing and deleting them. */
@Route("permissions/groups")
public class GroupsView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    private static final String PANEL = "panel";
    private static final String CREATE = "create-groups";
    private static final String EDIT = "edit-groups";
    private static final String GROUP = "group";

    private final GroupTools tools;
    private final GroupsTable table;
    private final SearchField search =
            new SearchField(Texts.of("groups.search.label"), Texts.of("groups.search"), this::search).reachedBySlash();
    private final Div noneFound = new Div();
    private final PageHead head = new PageHead(Texts.of("groups.title"), Texts.of("groups.explanation"));
    private String openPanel = "";

    GroupsView(GroupTools tools, Live live) {
        this.tools = tools;
        addClassName("ls-view");
        table = new GroupsTable(this::rowActions);
        ActionButton create = gate(
                new ActionButton(Texts.of("group.create"), "plus", () -> navigate(QueryParameters.of(PANEL, CREATE)))
                        .look("primary"));
        create.addClassName("ls-end");
        create.getElement().setAttribute("aria-keyshortcuts", "C");
        Div bar = new Div(search, create);
        bar.addClassName("ls-tools");
        noneFound.addClassName("ls-none");
        add(head, bar, noneFound, table, new FitColumns());
        live.refresh(this, event -> event.source().startsWith("/1.0/auth/"), this::refresh);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        String wanted = parameters.getSingleParameter(PANEL).orElse("");
        String group = parameters.getSingleParameter(GROUP).orElse("");
        String panel = wanted + ' ' + group;
        if (panel.equals(openPanel)) {
            return;
        }
        openPanel = panel;
        PanelHost host = PanelHost.of(this);
        switch (wanted) {
            case CREATE -> {
                GroupPanel form = panel(null);
                gate(form.submitButton());
                host.open(form);
            }
            case EDIT -> edit(group, host);
            default -> host.closePanel();
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("groups.title"));
    }

    private void edit(String name, PanelHost host) {
        try {
            host.open(panel(tools.groups().get(tools.me().get(), name)));
        } catch (ProblemException e) {
            host.closePanel();
            Toast.problem(e.getMessage());
        }
    }

    private GroupPanel panel(AuthGroup edited) {
        return new GroupPanel(tools, edited, () -> navigate(QueryParameters.empty()));
    }

    private static void navigate(QueryParameters query) {
        UI.getCurrent().navigate(GroupsView.class, query);
    }

    private ActionButton gate(ActionButton create) {
        return create.refuse(
                tools.access().allowed(tools.me().get(), "can_create_groups")
                        ? null
                        : Texts.of("group.create.refused"));
    }

    private void refresh() {
        List<AuthGroup> all = tools.groups().list(tools.me().get());
        head.setLead(new Span(Texts.of("groups.lead", all.size())));
        table.show(all);
        search(search.getValue().strip());
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

    private List<RowAction> rowActions(AuthGroup group) {
        return List.of(
                RowAction.quick(
                        "edit",
                        Texts.of("group.edit", group.name()),
                        "pencil",
                        refusal(group, "can_edit"),
                        () -> navigate(QueryParameters.simple(Map.of(PANEL, EDIT, GROUP, group.name())))),
                RowAction.inMenu(
                        "delete",
                        Texts.of("group.delete"),
                        "trash-2",
                        refusal(group, "can_delete"),
                        () -> askToDelete(group)));
    }

    private String refusal(AuthGroup group, String entitlement) {
        if (group.name().equals(AuthGroup.ADMINS)) {
            return Texts.of("group.admins.refused");
        }
        boolean allowed = tools.access().allowed(tools.me().get(), group.reference(), entitlement);
        return allowed ? null : Texts.of("group.refused." + entitlement);
    }

    private void askToDelete(AuthGroup group) {
        Confirmation.destroy(
                Texts.of("group.delete.title"),
                Texts.of("group.delete"),
                () -> delete(group),
                new Paragraph(new Sentence("group.delete.text", group.name())),
                new Paragraph(new Sentence("group.delete.loss", group.identityCount())));
    }

    private void delete(AuthGroup group) {
        try {
            tools.groups().delete(tools.me().get(), group.name());
            Toast.done(new Sentence("group.deleted", group.name()));
        } catch (ProblemException e) {
            Toast.problem(Texts.of("group.delete.failed", e.getMessage()));
        }
    }
}
