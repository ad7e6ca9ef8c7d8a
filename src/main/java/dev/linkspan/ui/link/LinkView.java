package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkState;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.cluster.MembersView;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One cluster link: how it stands and why, what happened to it, what its peer may do here, and changing all that. */
@Route(ServerView.LINKS + "/:name")
public class LinkView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    private static final String PANEL = ClusterLinks.PANEL;
    private static final String GROUPS = "modify-groups";
    private static final Duration TICK = Duration.ofSeconds(30);

    private final LinkTools tools;
    private final LinkActions actions;
    private final Map<String, String> names = new HashMap<>();
    private final Div notices = new Div();
    private final Span sentence = new Span();
    private final Div shore = new Div();
    private final Div main = new Div();
    private final Div side = new Div();
    private String name = "";
    private LinkPage page;
    private LinkAddresses addresses;
    private PendingLink pending;
    private LinkState state;
    private Instant stateAt;
    private String peer;
    private String openPanel = "";
    private List<String> offered = List.of();
    private boolean asking;
    /** Counts what made the answers to earlier questions worthless. */
    private int round;

    LinkView(LinkTools tools, LinkActions actions, Live live) {
        this.tools = tools;
        this.actions = actions;
        addClassName("ls-view");
        notices.addClassName("ls-notices");
        main.addClassNames("ls-stack", "ls-loose");
        side.addClassNames("ls-stack", "ls-loose");
        live.refresh(this, this::concerns, this::refresh);
    }

    /** Where the page of a link is. */
    public static String address(String link) {
        return ServerView.LINKS + "/"
                + URLEncoder.encode(link, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean concerns(LifecycleEvent event) {
        return event.source().startsWith("/1.0/auth/")
                || (page != null
                        && (event.source().equals(page.line().link().url().brief())
                                || name.equals(event.context().get("old_name"))));
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        Registration ticking = tools.background().every(TICK, this, this::tick);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        String wanted = decoded(event.getLocation().getSegments().getLast());
        if (page == null || !name.equals(wanted)) {
            name = wanted;
            load();
        }
        QueryParameters parameters = event.getLocation().getQueryParameters();
        String panel = parameters.getSingleParameter(PANEL).orElse("");
        if (!panel.equals(openPanel)) {
            openPanel = panel;
            if (page == null) {
                loadRenamed();
            }
            openPanel();
        }
    }

    /** A location's segments are as they stand in the browser's address. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    private void openPanel() {
        if (page != null && openPanel.equals(LinkEditPanel.PANEL)) {
            LinkEditPanel.open(tools, name, now -> {}, () -> panel("")).ifPresent(PanelHost.of(this)::open);
        } else if (page != null && openPanel.equals(GROUPS) && page.line().grants()) {
            PanelHost.of(this).open(actions.groupsPanel(List.of(page.line()), () -> panel("")));
        } else {
            PanelHost.of(this).closePanel();
            forgetPanel();
        }
    }

    /** Takes a panel that can't be shown out of the page's address. */
    private void forgetPanel() {
        if (!openPanel.isEmpty()) {
            openPanel = "";
            UI.getCurrent().getPage().getHistory().replaceState(null, address(name));
        }
    }

    /** Shows a panel as the page's address says, so that going back closes it. */
    private void panel(String panel) {
        openPanel = panel;
        UI.getCurrent().getPage().getHistory().pushState(null, address(name) + query());
        openPanel();
    }

    private String query() {
        return openPanel.isEmpty() ? "" : "?" + PANEL + "=" + openPanel;
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", name.isEmpty() ? Texts.of("server.tab.links") : name);
    }

    private void load() {
        removeAll();
        page = null;
        state = null;
        peer = null;
        addresses = null;
        try {
            page = LinkPage.of(tools, name);
        } catch (ProblemException e) {
            showGone(LinkProblems.ofOpening(e));
            return;
        }
        showAll();
        ask();
    }

    /** Whoever comes back to what one was entering goes on under the link's new name. */
    private void loadRenamed() {
        tools.colleagues()
                .nowCalled(EntityUrl.of(EntityType.CLUSTER_LINK, name))
                .filter(called -> tools.links().sees(tools.me().get(), called))
                .ifPresent(this::renamed);
    }

    private void showGone(String problem) {
        Anchor wayOut = new Anchor(ServerView.LINKS, Texts.of("link.gone.list"));
        wayOut.getElement().setAttribute("router-link", true);
        Notice notice = Notice.problem(
                Texts.of("link.gone", name),
                problem,
                new Div(tools.colleagues()
                        .gone(
                                EntityUrl.of(EntityType.CLUSTER_LINK, name),
                                LinkView::address,
                                Times.of(UI.getCurrent()))),
                wayOut);
        notice.addClassName("ls-page-notice");
        add(new PageHead(Texts.of("server.tab.links"), Texts.of("link.explanation")).below(crumbs()), notice);
    }

    private Component[] crumbs() {
        if (tools.server().info(tools.me().get()).clustered()) {
            return new Component[] {
                new RouterLink(Texts.of("nav.clustering"), MembersView.class),
                new Anchor(ServerView.LINKS, Texts.of("links.table"))
            };
        }
        return new Component[] {
            new RouterLink(Texts.of("server.title"), ServerView.class),
            new Anchor(ServerView.LINKS, Texts.of("server.tab.links"))
        };
    }

    private void showAll() {
        removeAll();
        offered = offers();
        PageHead head = new PageHead(name, Texts.of("link.explanation"), buttons()).below(crumbs());
        head.addClassName("ls-link-head");
        head.setLead(sentence);
        Div columns = new Div(main, side);
        columns.addClassName("ls-cols");
        Div scroll = new Div(notices, shore, columns);
        scroll.addClassName("ls-scroll");
        add(head, scroll);
        showParts();
    }

    private void showParts() {
        Times times = Times.of(UI.getCurrent());
        showSentence(times);
        notices.removeAll();
        notices.add(LinkNotices.of(page, tools, actions, () -> UI.getCurrent().navigate(ServerView.LINKS), this::load));
        showShore();
        LinkTimeline timeline = new LinkTimeline(page.line().link().name());
        timeline.show(page, this::who, times);
        main.removeAll();
        if (page.line().active()) {
            addresses = new LinkAddresses(refreshButton());
            showAddresses(times);
            main.add(addresses);
        } else if (page.line().pending()) {
            pending = new PendingLink(page, tools, actions, times, this::focusToken);
            main.add(pending);
        }
        main.add(timeline);
        side.removeAll();
        if (page.certificates() != null) {
            side.add(LinkFacts.certificate(page, state, this::who, times));
        }
        side.add(
                LinkFacts.rights(page, tools.groups(), seesAllGroups(), groupsButton()),
                LinkFacts.details(page, this::who, times));
    }

    /** The part with the button was drawn anew since its dialog was opened. */
    private void focusToken() {
        if (pending != null) {
            pending.focus();
        }
    }

    private void showSentence(Times times) {
        sentence.removeAll();
        sentence.addClassName("ls-link-status");
        sentence.add(
                new StatusWord(LinkStatus.of(page.line(), times)),
                new Span(LinkSentence.of(page, state, stateAt, times)));
    }

    private void showShore() {
        String us = tools.server().info(tools.me().get()).name();
        shore.removeAll();
        shore.add(new SpanDrawing(
                page.line(),
                us,
                peer == null ? name : peer,
                LinkFacts.mayHere(page.line(), tools.groups(), seesAllGroups())));
    }

    private boolean seesAllGroups() {
        return tools.access().allowed(tools.me().get(), "can_view_groups");
    }

    private void showAddresses(Times times) {
        if (state == null) {
            addresses.showAsking(page.line().link().addresses());
        } else {
            addresses.show(page.line().type(), state, stateAt, times);
        }
    }

    private ActionButton refreshButton() {
        return new ActionButton(Texts.of("link.refresh"), "download", this::check)
                .look("small")
                .refuse(actions.refusal(page.line(), "can_edit"));
    }

    private ActionButton groupsButton() {
        ActionButton change = new ActionButton(Texts.of("links.change-groups"), () -> panel(GROUPS))
                .look("tertiary", "small", "link");
        change.setVisible(page.line().grants());
        return change.refuse(page.line().grants() ? actions.groupsRefusal(List.of(page.line())) : null);
    }

    private Div buttons() {
        Div buttons = new Div();
        buttons.addClassName("ls-row");
        if (page.line().active()) {
            buttons.add(new ActionButton(Texts.of("link.check"), "refresh-cw", this::check)
                    .refuse(actions.refusal(page.line(), "can_edit")));
        }
        ActionButton edit = new ActionButton(Texts.of("link.edit"), "pencil", () -> panel(LinkEditPanel.PANEL));
        edit.getElement().setAttribute("aria-keyshortcuts", "E");
        buttons.add(edit, menu());
        return buttons;
    }

    /** What the head offers and refuses; while that is the same, its buttons stay, perhaps one is being pressed. */
    private List<String> offers() {
        List<String> offers = new ArrayList<>();
        offers.add(String.valueOf(page.line().active()));
        offers.add(actions.refusal(page.line(), "can_edit"));
        actions.ofLink(page.line(), () -> {}, () -> {}).forEach(action -> {
            offers.add(action.text());
            offers.add(action.refusal());
        });
        return offers;
    }

    private ActionButton menu() {
        ActionButton opener = ActionButton.icon(Texts.of("links.more", name), "ellipsis", () -> {})
                .look("edged");
        opener.removeThemeNames("tertiary");
        opener.getElement().setAttribute("aria-haspopup", "menu");
        ContextMenu menu = new ContextMenu(opener);
        menu.setOpenOnClick(true);
        actions.ofLink(page.line(), () -> {}, () -> UI.getCurrent().navigate(ServerView.LINKS))
                .forEach(action -> {
                    MenuItem item =
                            menu.addItem(action.text(), click -> action.action().run());
                    item.addComponentAsFirst(new Symbol(action.symbol()));
                    item.setEnabled(action.refusal() == null);
                    if (action.refusal() != null) {
                        item.getElement().setAttribute("title", action.refusal());
                    }
                });
        return opener;
    }

    private void renamed(String now) {
        name = now;
        UI.getCurrent().getPage().getHistory().replaceState(null, address(now) + query());
        PanelHost.of(this).showTitle();
        load();
    }

    private void check() {
        actions.check(List.of(page.line()), this::ask);
        ask();
    }

    /** Asks the peer's addresses, in the background. */
    private void ask() {
        if (asking || page == null || !page.line().active()) {
            return;
        }
        asking = true;
        int now = round;
        String asked = name;
        Caller caller = tools.me().get();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> tools.links().state(caller, asked),
                        answer -> {
                            if (now == round) {
                                answered(asked, answer);
                            }
                        },
                        problem -> {
                            if (now == round) {
                                asking = false;
                            }
                        });
    }

    private void answered(String asked, LinkState answer) {
        asking = false;
        if (page == null || !asked.equals(name)) {
            return;
        }
        state = answer;
        stateAt = Instant.now();
        Optional<String> calledThere = answer.addresses().stream()
                .map(LinkState.Address::serverName)
                .filter(text -> !text.isEmpty())
                .findFirst();
        if (peer == null && calledThere.isPresent()) {
            peer = calledThere.get();
            showShore();
        }
        showSentence(Times.of(UI.getCurrent()));
        showAddresses(Times.of(UI.getCurrent()));
        if (page.certificates() != null) {
            side.replace(
                    side.getComponentAt(0), LinkFacts.certificate(page, state, this::who, Times.of(UI.getCurrent())));
        }
    }

    private void tick() {
        if (page != null) {
            refresh();
            ask();
        }
    }

    private void refresh() {
        if (page == null) {
            return;
        }
        LinkPage before = page;
        LinkPage now;
        try {
            now = LinkPage.of(tools, name);
        } catch (ProblemException e) {
            follow(LinkProblems.ofOpening(e));
            return;
        }
        if (now.line().id() != before.line().id()) {
            follow(Texts.of("edit-link.gone"));
            return;
        }
        page = now;
        if (page.line().active() && !before.line().active()) {
            showAll();
            ask();
        } else if (!Objects.equals(page.pinned(), before.pinned())) {
            round++;
            asking = false;
            state = null;
            showAll();
            ask();
        } else if (!offers().equals(offered)) {
            showAll();
        } else if (!page.looksLike(before)) {
            showParts();
        } else {
            Times times = Times.of(UI.getCurrent());
            showSentence(times);
            if (addresses != null) {
                showAddresses(times);
            }
        }
    }

    /** A colleague has renamed or deleted the link, and perhaps another one has its name now. */
    private void follow(String problem) {
        long id = page.line().id();
        Optional<LinkOverview> renamed = tools.links().overview(tools.me().get()).stream()
                .filter(link -> link.link().id() == id)
                .findFirst();
        if (renamed.isPresent()) {
            renamed(renamed.get().link().name());
        } else if (tools.links().sees(tools.me().get(), name)) {
            PanelHost.of(this).closePanel();
            forgetPanel();
            Toast.notice(Texts.of("link.replaced", name));
            load();
        } else {
            removeAll();
            page = null;
            forgetPanel();
            showGone(problem);
        }
    }

    /** What whoever caused an event is called here. */
    private String who(LifecycleEvent event) {
        if (event.username().isEmpty()) {
            return Texts.of("link.event.system");
        }
        return names.computeIfAbsent(event.protocol() + ' ' + event.username(), key -> nameOf(event));
    }

    private String nameOf(LifecycleEvent event) {
        EntityUrl own = page.detail().identity();
        if (own != null && own.arguments().getLast().equals(event.username())) {
            return Texts.of("link.event.peer");
        }
        try {
            return tools.identities()
                    .get(tools.me().get(), event.protocol(), event.username())
                    .name();
        } catch (ProblemException e) {
            return event.protocol().equals("unix")
                    ? Texts.of("link.event.socket")
                    : gone(EntityUrl.of(EntityType.IDENTITY, event.protocol(), event.username()), event.at());
        }
    }

    private String gone(EntityUrl url, Instant at) {
        KnownIdentities known = new KnownIdentities(List.of());
        known.learn(tools.identities(), tools.me().get(), List.of(url));
        return known.at(at).name(url.arguments().getFirst(), url.arguments().getLast());
    }
}
