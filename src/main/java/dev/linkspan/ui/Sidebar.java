package dev.linkspan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.ui.access.EffectiveAccessView;
import dev.linkspan.ui.cluster.MembersView;
import dev.linkspan.ui.event.EventsView;
import dev.linkspan.ui.group.GroupCount;
import dev.linkspan.ui.group.GroupView;
import dev.linkspan.ui.group.GroupsView;
import dev.linkspan.ui.group.ProviderGroupsView;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.identity.IdentityCount;
import dev.linkspan.ui.link.GettingStartedView;
import dev.linkspan.ui.link.LinkAttention;
import dev.linkspan.ui.link.MapView;
import dev.linkspan.ui.link.ServerView;
import dev.linkspan.ui.setting.SettingsView;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Connection;
import dev.linkspan.ui.shared.Logo;
import dev.linkspan.ui.shared.Notifications;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.ThemeSwitch;
import java.util.Set;
import org.springframework.context.annotation.Scope;

/** Where one can go, who one is, and how to leave. */
class Sidebar extends Nav {
    /** The numbers beside its entries. */
    @SpringComponent
    @Scope("prototype")
    record Counts(LinkAttention links, IdentityCount identities, GroupCount groups) {}

    private static final String CLUSTER = "cluster";

    private final SidebarSwitch width = new SidebarSwitch();
    private final SidebarRail rail = new SidebarRail();

    Sidebar(WhoAmI who, ServerInfo us, Counts counts, Runnable close) {
        addClassName("ls-side");
        setAriaLabel(Texts.of("frame.navigation"));
        counts.links().sayAlso(words -> rail.attention(CLUSTER, words));
        add(head(close), rail, entries(us.clustered(), counts), foot(who, us));
    }

    /** Marks where one is. */
    void show(Location location) {
        rail.show(location);
    }

    static Anchor brand() {
        Anchor brand = new Anchor(".", new Logo());
        brand.addClassName("ls-brand");
        brand.setAriaLabel(Texts.of("frame.start"));
        return brand;
    }

    private static Div head(Runnable close) {
        Anchor brand = brand();
        brand.addClassName("ls-grow");
        ActionButton closing = ActionButton.icon(Texts.of("frame.close-navigation"), "x", close);
        closing.addClassName("ls-small-screen");
        Div head = new Div(brand, closing);
        head.addClassName("ls-row");
        return head;
    }

    private SideNav entries(boolean clustered, Counts counts) {
        SideNavItem start = entry("nav.start", "list-checks", GettingStartedView.PATH);
        SideNavItem clustering = group("nav.clustering", "server", CLUSTER);
        if (clustered) {
            SideNavItem links = nested("nav.links", ServerView.LINKS);
            links.setSuffixComponent(counts.links());
            clustering.addItem(nested("nav.members", MembersView.PATH), links);
        } else {
            SideNavItem server = nested("nav.server", ServerView.PATH);
            server.setPathAliases(Set.of(ServerView.LINKS));
            server.setSuffixComponent(counts.links());
            clustering.addItem(server);
        }
        clustering.addItem(new SideNavItem(Texts.of("nav.map"), MapView.class));
        SideNavItem permissions = group("nav.permissions", "key-round", "permissions");
        SideNavItem identities = new SideNavItem(Texts.of("nav.identities"), IdentitiesView.class);
        // In this order: an alias takes over the parameters that there are, and would be another page without them.
        identities.setPathAliases(Set.of(IdentitiesView.PATH));
        identities.setQueryParameters(IdentitiesView.WITHOUT_SYSTEM);
        identities.setSuffixComponent(counts.identities());
        permissions.addItem(identities);
        SideNavItem groups = new SideNavItem(Texts.of("nav.groups"), GroupsView.class);
        groups.setPathAliases(Set.of(GroupView.PATH));
        groups.setSuffixComponent(counts.groups());
        permissions.addItem(groups);
        permissions.addItem(new SideNavItem(Texts.of("nav.provider-groups"), ProviderGroupsView.class));
        permissions.addItem(new SideNavItem(Texts.of("nav.access"), EffectiveAccessView.class));
        SideNav entries = new SideNav();
        entries.getElement().setAttribute("role", "presentation");
        entries.addItem(
                start,
                clustering,
                permissions,
                entry("nav.events", "scroll-text", EventsView.PATH),
                entry("nav.settings", "settings", SettingsView.PATH));
        return entries;
    }

    /** An entry that is in no group. */
    private SideNavItem entry(String key, String symbol, String path) {
        rail.entry(Texts.of(key), symbol, path);
        SideNavItem item = new SideNavItem(Texts.of(key), path);
        item.setPrefixComponent(new Symbol(symbol));
        item.addClassName("ls-nav-entry");
        return item;
    }

    /** An entry that is also the current one on the pages below its own. */
    private static SideNavItem nested(String key, String path) {
        SideNavItem item = new SideNavItem(Texts.of(key), path);
        item.setMatchNested(true);
        return item;
    }

    /** Entries whose pages are below that part of the address. */
    private SideNavItem group(String key, String symbol, String part) {
        SideNavItem group = new SideNavItem(Texts.of(key));
        group.setPrefixComponent(new Symbol(symbol));
        group.addClassName("ls-nav-group");
        group.setExpanded(true);
        nameChildren(group);
        rail.group(group.getLabel(), symbol, part, () -> expand(group));
        return group;
    }

    /** Shows the entries of a group whose icon was chosen. */
    private void expand(SideNavItem group) {
        width.expand();
        group.setExpanded(true);
        group.getElement().executeJs("this.shadowRoot.querySelector('[part=\"toggle-button\"]').focus()");
    }

    /** The button that folds a group says by an id what it controls, which the component gives to nothing. */
    private static void nameChildren(SideNavItem group) {
        group.getElement().executeJs("""
                Promise.resolve(this.updateComplete)
                  .then(() => (this.shadowRoot.querySelector('[part="children"]').id = 'children'))""");
    }

    private Div foot(WhoAmI who, ServerInfo us) {
        Anchor documentation = new Anchor("/documentation/", "");
        documentation.add(new Symbol("book-open"), new Span(Texts.of("frame.documentation")));
        documentation.addClassNames("ls-nav-button", "ls-grow");
        documentation.setTitle(Texts.of("frame.documentation"));
        documentation.setTarget(AnchorTarget.BLANK);
        Div more = new Div(documentation, new ThemeSwitch(), width);
        more.addClassName("ls-row");
        Div about = new Div(new Span(Texts.of("frame.about", ServerInfo.VERSION, us.name())), Connection.sign());
        about.addClassNames("ls-small", "ls-muted", "ls-small-screen", "ls-about");
        NativeButton notifications = Notifications.button();
        notifications.addClassNames("ls-nav-button", "ls-small-screen");
        Div foot = new Div(who, new SignOut(), more, notifications, about);
        foot.addClassName("ls-side-foot");
        return foot;
    }

    /** Leaves the console by an ordinary form, so that it works whatever state the page is in. */
    @Tag("form")
    private static class SignOut extends Component {
        SignOut() {
            NativeButton button = new NativeButton();
            button.addClassName("ls-nav-button");
            button.getElement().setAttribute("type", "submit");
            button.add(new Symbol("log-out"), new Span(Texts.of("frame.sign-out")));
            getElement().setAttribute("method", "post").setAttribute("action", "sign-out");
            getElement().appendChild(button.getElement());
        }
    }
}
