package dev.linkspan.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustedIdentity;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.shared.Aloud;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.Connection;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.KeyList;
import dev.linkspan.ui.shared.Keys;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notifications;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.time.Duration;

/** The frame of every page but the sign-in: sidebar, page with its status bar, room for one side panel. */
@Layout
class MainLayout extends AppLayout implements PanelHost, AfterNavigationObserver {
    private static final String CONTENT = "content";
    private static final Duration SESSION_CHECK = Duration.ofSeconds(15);

    private final Main main = new Main();
    private final Div frame = new Div();
    private final CurrentCaller me;
    private final Background background;
    private final Sidebar sidebar;
    private SidePanel panel;

    MainLayout(
            ServerService server,
            IdentityService identities,
            CurrentCaller me,
            Live live,
            Background background,
            Sidebar.Counts counts) {
        this.me = me;
        this.background = background;
        Caller caller = me.get();
        ServerInfo us = server.info(caller);
        setPrimarySection(Section.DRAWER);
        WhoAmI who = new WhoAmI(identities, me);
        live.refresh(who, event -> event.source().startsWith("/1.0/auth/"), who::refresh);
        sidebar = new Sidebar(who, us, counts, () -> setDrawerOpened(false));
        addToDrawer(skipLink(), sidebar);
        addToNavbar(skipLink(), topBar(caller));
        main.setId(CONTENT);
        main.addClassName("ls-main");
        main.getElement().setAttribute("tabindex", "-1");
        Div page = new Div(main, statusBar(us));
        page.addClassName("ls-page");
        frame.addClassName("ls-frame");
        frame.add(page, new Keys(), new Aloud());
        setContent(frame);
        live.refresh(this, Live::trust, this::leaveWhenOut);
        live.refresh(
                this, MainLayout::changesFrame, () -> UI.getCurrent().getPage().reload());
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        Toast.sayWhatWasLeft(attach.getUI());
        Registration checking = background.every(SESSION_CHECK, this, this::leaveWhenOut);
        Registration guarding = attach.getUI().addBeforeLeaveListener(new LeaveGuard(() -> panel));
        addDetachListener(detach -> {
            detach.unregisterListener();
            guarding.remove();
            checking.remove();
        });
    }

    /** A server that becomes a cluster has other pages, and the sidebar leads elsewhere. */
    private static boolean changesFrame(LifecycleEvent event) {
        return event.action().equals("cluster-enabled") || event.action().equals("cluster-disabled");
    }

    /** Whoever was revoked needn't click to learn it: the page is loaded anew, and leads to the sign-in, which says so. */
    private void leaveWhenOut() {
        if (!me.stillSignedIn()) {
            UI.getCurrent().getPage().reload();
        }
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        main.getElement().removeAllChildren();
        main.getElement().appendChild(content.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement content) {
        closePanel();
        main.getElement().removeAllChildren();
    }

    /** On a small screen the drawer lies over the page one has just gone to. */
    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        sidebar.show(event.getLocation());
        showTitle();
        if (isOverlay()) {
            setDrawerOpened(false);
        }
    }

    @Override
    public void open(SidePanel opened) {
        if (panel == null) {
            getElement().executeJs("""
                    this.$opener = document.activeElement;
                    while (this.$opener?.shadowRoot?.activeElement) {
                      this.$opener = this.$opener.shadowRoot.activeElement;
                    }""");
        } else {
            frame.remove(panel);
        }
        panel = opened;
        frame.add(panel);
        panel.focusFirstField();
        showTitle();
    }

    @Override
    public void closePanel() {
        if (panel != null) {
            frame.remove(panel);
            panel = null;
            showTitle();
            getElement().executeJs("""
                    const fallback = document.querySelector('[aria-keyshortcuts="C"]') ?? document.getElementById($0);
                    (this.$opener?.isConnected && this.$opener.checkVisibility() ? this.$opener : fallback)?.focus();
                    """, CONTENT);
        }
    }

    /** Once all is known that the server's answer will show. */
    @Override
    public void showTitle() {
        getUI().ifPresent(ui -> ui.beforeClientResponse(this, context -> showTitle(ui)));
    }

    private void showTitle(UI ui) {
        if (ui.getCurrentView() instanceof HasDynamicTitle view) {
            String page = view.getPageTitle();
            ui.getPage().setTitle(panel == null ? page : Texts.of("page.panel", panel.title(), page));
        }
    }

    /** The first stop of the tab key; in drawer and top bar, of which one is there at a time. */
    private static Anchor skipLink() {
        Anchor skip = new Anchor("#" + CONTENT, Texts.of("frame.skip"));
        skip.addClassName("ls-skip");
        skip.getElement().executeJs("""
                this.addEventListener('click', (event) => {
                  event.preventDefault();
                  document.getElementById($0).focus();
                })""", CONTENT);
        return skip;
    }

    private static Header topBar(Caller caller) {
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(Texts.of("frame.menu"));
        toggle.addThemeNames("tertiary");
        toggle.setIcon(new Symbol("menu"));
        Header bar = new Header(toggle, Sidebar.brand(), WhoAmI.face(caller));
        bar.addClassName("ls-topbar");
        bar.getElement().setAttribute("role", "banner");
        return bar;
    }

    private Footer statusBar(ServerInfo us) {
        NativeButton notifications = Notifications.button();
        notifications.addClassName("ls-bar-button");
        Footer bar = new Footer(
                new Span(Texts.of("frame.version", ServerInfo.VERSION)),
                new Span(new Symbol("server"), new Span(us.name())),
                new Connection(
                        background, me.get().identity().map(TrustedIdentity::id).orElse(0L)),
                notifications,
                KeyList.button());
        bar.addClassName("ls-bar");
        bar.getElement().setAttribute("role", "contentinfo");
        return bar;
    }
}
