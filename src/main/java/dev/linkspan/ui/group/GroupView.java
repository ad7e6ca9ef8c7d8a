package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveEvent.ContinueNavigationAction;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NavigationTrigger;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One auth group: what it allows, who is in it, and changing both. Its address names the group. */
@Route(GroupView.PATH)
public class GroupView extends Div implements AfterNavigationObserver, BeforeLeaveObserver, HasDynamicTitle {
    public static final String PATH = "permissions/group";
    static final String NAME = "name";
    private static final String ON = "on";
    private static final String ENTITLEMENT = "entitlement";

    private static final int NOT_FOUND = 404;

    private final GroupTools tools;
    private AuthGroup group;
    private PageHead head;
    private GroupEditor editor;
    private ActionButton duplicate;
    private ActionButton delete;
    private boolean leaving;

    GroupView(GroupTools tools, Live live) {
        this.tools = tools;
        addClassName("ls-view");
        live.refresh(this, event -> Live.trust(event) || Live.resources(event), this::refresh);
    }

    /** Where the page of a group is. */
    public static String address(String name) {
        return new Location(PATH, QueryParameters.of(NAME, name)).getPathWithQueryParameters();
    }

    /** Leads to a group's page. */
    public static void open(String name) {
        UI.getCurrent().navigate(GroupView.class, QueryParameters.of(NAME, name));
    }

    /** Leads to a group's page, where that permission is chosen and can be added. */
    public static void open(String name, Permission chosen) {
        UI.getCurrent()
                .navigate(
                        GroupView.class,
                        QueryParameters.simple(
                                Map.of(NAME, name, ON, chosen.url(), ENTITLEMENT, chosen.entitlement())));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        String name = parameters.getSingleParameter(NAME).orElse("");
        if (group == null || !group.name().equals(name)) {
            load(name);
        }
        Optional<EntityUrl> on = parameters.getSingleParameter(ON).flatMap(EntityUrl::parse);
        Optional<String> entitlement = parameters.getSingleParameter(ENTITLEMENT);
        if (editor != null && on.isPresent() && entitlement.isPresent()) {
            editor.offer(on.get(), entitlement.get());
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", group == null ? Texts.of("groups.title") : group.name());
    }

    /** What isn't saved is not lost by a wrong click. */
    @Override
    public void beforeLeave(BeforeLeaveEvent leave) {
        if (editor == null || editor.changes() == 0) {
            return;
        }
        ContinueNavigationAction going = leave.postpone();
        if (!leaving) {
            leaving = true;
            boolean byHistory = leave.getTrigger() == NavigationTrigger.HISTORY;
            Confirmation.leave(
                    Texts.of("group.leave"),
                    Texts.of("group.leave.submit"),
                    () -> {
                        leaving = false;
                        going.proceed();
                    },
                    () -> stay(byHistory),
                    new Paragraph(new Sentence("group.leave.text", editor.changes())));
        }
    }

    /** The browser has gone back already. */
    private void stay(boolean byHistory) {
        leaving = false;
        if (byHistory) {
            UI.getCurrent().getPage().getHistory().pushState(null, here());
        }
    }

    private Location here() {
        return new Location(PATH, QueryParameters.of(NAME, group.name()));
    }

    private void load(String name) {
        removeAll();
        editor = null;
        try {
            group = tools.groups().get(tools.me().get(), name);
        } catch (ProblemException e) {
            group = null;
            if (!loadRenamed(name)) {
                showGone(name, why(e));
            }
            return;
        }
        head = new PageHead(group.name(), Texts.of("groups.explanation"), actions()).below(crumbs());
        head.setLead(new Span(group.description()));
        editor = new GroupEditor(tools, group, members(), this::saved);
        add(head, editor);
    }

    /** Whoever comes back to a group, perhaps with input, goes on under its new name. */
    private boolean loadRenamed(String name) {
        Optional<String> now = tools.colleagues()
                .nowCalled(EntityUrl.of(EntityType.GROUP, name))
                .filter(called -> tools.groups().brief(tools.me().get()).stream()
                        .anyMatch(brief -> brief.name().equals(called)));
        now.ifPresent(called -> {
            load(called);
            UI.getCurrent().getPage().getHistory().replaceState(null, here());
            Toast.notice(Texts.of("gone.followed", name, called));
        });
        return now.isPresent();
    }

    private static String why(ProblemException e) {
        return e.status() == NOT_FOUND ? Texts.of("group.gone.text") : e.getMessage();
    }

    private static Component[] crumbs() {
        return new Component[] {
            new Span(Texts.of("nav.permissions")), new RouterLink(Texts.of("groups.title"), GroupsView.class)
        };
    }

    private void showGone(String name, String problem) {
        Notice notice = Notice.problem(
                Texts.of("group.gone", name),
                problem,
                new Div(tools.colleagues()
                        .gone(EntityUrl.of(EntityType.GROUP, name), GroupView::address, Times.of(UI.getCurrent()))),
                new RouterLink(Texts.of("group.gone.list"), GroupsView.class));
        notice.addClassName("ls-page-notice");
        add(new PageHead(Texts.of("groups.title"), Texts.of("groups.explanation")).below(crumbs()), notice);
    }

    private Div actions() {
        duplicate = new ActionButton(Texts.of("group.duplicate"), "copy", () -> GroupsView.duplicate(group.name()));
        delete = new ActionButton(Texts.of("group.delete.short"), "trash-2", this::askToDelete).look("error");
        followRights();
        Div actions = new Div(duplicate, delete);
        actions.addClassName("ls-row");
        return actions;
    }

    /** What the caller may do can change while the page is open. */
    private void followRights() {
        boolean mayCreate = tools.access().allowed(tools.me().get(), "can_create_groups");
        duplicate.refuse(mayCreate ? null : Texts.of("group.create.refused"));
        delete.refuse(GroupActions.refusal(tools, group.name(), group.reference(), "can_delete"));
    }

    private void askToDelete() {
        summary().ifPresent(summary -> new DeleteGroups(tools, List.of(summary), () -> {
                    editor = null;
                    UI.getCurrent().navigate(GroupsView.class);
                })
                .open());
    }

    private Optional<GroupSummary> summary() {
        return tools.groups().summaries(tools.me().get()).stream()
                .filter(summary -> summary.id() == group.id())
                .findFirst();
    }

    private List<Member> members() {
        return tools.identities().members(tools.me().get(), group.id()).stream()
                .map(Member::of)
                .toList();
    }

    private void saved(String name) {
        if (!name.equals(group.name())) {
            group = tools.groups().get(tools.me().get(), name);
            editor.rebase(group, members());
            open(name);
        } else {
            group = tools.groups().get(tools.me().get(), name);
            editor.rebase(group, members());
        }
        head.setTitle(group.name());
        head.setLead(new Span(group.description()));
    }

    private void refresh() {
        if (group == null || editor == null) {
            return;
        }
        try {
            AuthGroup now = tools.groups().get(tools.me().get(), group.name());
            if (now.id() != group.id()) {
                follow(Texts.of("group.gone.text"));
                return;
            }
            group = now;
            head.setTitle(group.name());
            head.setLead(new Span(group.description()));
            editor.takeOver(group, members());
            followRights();
        } catch (ProblemException e) {
            follow(why(e));
        }
    }

    /** A colleague has renamed or deleted the group, and perhaps another one has its name now. */
    private void follow(String problem) {
        Optional<GroupSummary> renamed = summary();
        if (renamed.isPresent()) {
            group = tools.groups().get(tools.me().get(), renamed.get().name());
            UI.getCurrent().getPage().getHistory().replaceState(null, here());
            PanelHost.of(this).showTitle();
            refresh();
        } else if (editor.changes() > 0) {
            editor.sayGone();
            List.of(duplicate, delete).forEach(button -> button.refuse(Texts.of("meanwhile.gone.refused")));
        } else {
            String name = group.name();
            removeAll();
            editor = null;
            group = null;
            showGone(name, problem);
        }
    }
}
