package dev.linkspan.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.server.VaadinRequest;
import dev.linkspan.access.Caller;
import dev.linkspan.ui.group.GroupsView;
import dev.linkspan.ui.link.ServerView;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Logo;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Theme;

/** Where one can go, who one is, and how to leave. */
class Sidebar extends Nav {
    private Theme theme = Theme.of(VaadinRequest.getCurrent());

    Sidebar(Caller caller, String version, Runnable close) {
        addClassName("ls-side");
        setAriaLabel(Texts.of("frame.navigation"));
        add(head(close), entries(), foot(caller, version));
    }

    private static Div head(Runnable close) {
        Anchor brand = new Anchor(".", new Logo());
        brand.addClassNames("ls-brand", "ls-grow");
        brand.setAriaLabel(Texts.of("frame.start"));
        ActionButton closing = ActionButton.icon(Texts.of("frame.close-navigation"), "x", close);
        closing.addClassName("ls-small-screen");
        Div head = new Div(brand, closing);
        head.addClassName("ls-row");
        return head;
    }

    private static SideNav entries() {
        SideNav entries = new SideNav();
        entries.getElement().setAttribute("role", "presentation");
        SideNavItem clustering = group("nav.clustering", "server");
        clustering.addItem(new SideNavItem(Texts.of("nav.server"), ServerView.class));
        SideNavItem permissions = group("nav.permissions", "key-round");
        permissions.addItem(new SideNavItem(Texts.of("nav.groups"), GroupsView.class));
        entries.addItem(clustering, permissions);
        return entries;
    }

    private static SideNavItem group(String key, String symbol) {
        SideNavItem group = new SideNavItem(Texts.of(key));
        group.setPrefixComponent(new Symbol(symbol));
        group.addClassName("ls-nav-group");
        group.setExpanded(true);
        return group;
    }

    private Div foot(Caller caller, String version) {
        Span face = new Span(caller.name().substring(0, Math.min(2, caller.name().length())).toUpperCase());
        face.addClassName("ls-face");
        face.getElement().setAttribute("aria-hidden", "true");
        Span name = new Span(caller.name());
        name.addClassName("ls-cut");
        Span kind = new Span(caller.kind());
        kind.addClassNames("ls-small", "ls-muted", "ls-cut");
        Div who = new Div(face, new Span(name, kind));
        who.addClassName("ls-who");
        Div out = new Div(new SignOut(), themeSwitch());
        out.addClassName("ls-row");
        Span about = new Span(Texts.of("frame.version", version));
        about.addClassNames("ls-small", "ls-muted", "ls-small-screen", "ls-about");
        Div foot = new Div(who, out, about);
        foot.addClassName("ls-side-foot");
        return foot;
    }

    private ActionButton themeSwitch() {
        ActionButton[] button = new ActionButton[1];
        button[0] = ActionButton.icon(theme.text(), "sun-moon", () -> {
            theme = theme.next();
            theme.keepIn(UI.getCurrent().getPage());
            button[0].setAriaLabel(theme.text());
            button[0].getElement().setAttribute("title", theme.text());
        });
        return button[0];
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
