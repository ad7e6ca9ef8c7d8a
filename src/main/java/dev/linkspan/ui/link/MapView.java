package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.Segments;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This cluster, the clusters that it reaches and those that reach it, as the last probes have found them. */
@Route(MapView.PATH)
public class MapView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    public static final String PATH = "cluster/map";
    private static final String BY = "by";
    private static final int MOST_ADDRESSES = 4;
    private static final Duration TICK = Duration.ofSeconds(15);

    private final LinkTools tools;
    private final LinkActions actions;
    private final Segments orders = new Segments(Texts.of("map.by"), this::chosen);
    private final Div problem = new Div();
    private final Div legend = new Div();
    private final Span checked = new Span();
    private final Div quay = new Div();
    private final Div outgoing = new Div();
    private final Div incoming = new Div();
    private final MapGroup callers = new MapGroup();
    private final Div map = new Div(quay, outgoing, incoming);
    private final Div scroll = new Div(map);
    private final List<MapGroup> groups = new ArrayList<>();
    private Component empty;
    private ServerInfo drawn;

    MapView(LinkTools tools, LinkActions actions, Live live) {
        this.tools = tools;
        this.actions = actions;
        addClassName("ls-view");
        for (LinkMap.Order order : LinkMap.Order.values()) {
            orders.with(order.wireName(), Texts.of("map.by." + order.wireName()));
        }
        quay.addClassName("ls-quay");
        quay.getElement().setAttribute("role", "group").setAttribute("aria-label", Texts.of("link.span.this-cluster"));
        outgoing.addClassName("ls-map-out");
        Paragraph note = new Paragraph(Texts.of("map.incoming.note"));
        note.addClassNames("ls-small", "ls-muted");
        incoming.add(callers, note);
        incoming.addClassName("ls-map-in");
        map.addClassName("ls-map");
        scroll.addClassName("ls-scroll");
        fillLegend();
        add(new PageHead(Texts.of("map.title"), Texts.of("map.explanation"), orders), problem, legend, scroll);
        live.refresh(
                this,
                event -> event.source().startsWith("/1.0/cluster")
                        || event.source().startsWith("/1.0/auth/")
                        || event.action().startsWith("config-"),
                this::refresh);
    }

    private void fillLegend() {
        legend.addClassName("ls-legend");
        sign(MapWay.BOTH, Tone.POSITIVE, "both");
        sign(MapWay.ONE, Tone.POSITIVE, "one");
        sign(MapWay.PUBLIC, Tone.NEUTRAL, "public");
        sign(MapWay.WAITING, Tone.NEUTRAL, "waiting");
        sign(MapWay.INTERRUPTED, Tone.NEGATIVE, "interrupted");
        checked.addClassName("ls-end");
        legend.add(checked);
    }

    private void sign(String way, Tone tone, String name) {
        Span drawing = new Span(new Svg(way));
        drawing.addClassNames("ls-legend-way", tone.styleName());
        legend.add(new Span(drawing, new Span(Texts.of("map.legend." + name))));
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        Registration ticking = tools.background().every(TICK, this, this::refresh);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        orders.set(event.getLocation()
                .getQueryParameters()
                .getSingleParameter(BY)
                .map(LinkMap.Order::of)
                .orElse(LinkMap.Order.STATUS)
                .wireName());
        refresh();
    }

    private void chosen(String order) {
        QueryParameters query =
                order.equals(LinkMap.Order.STATUS.wireName()) ? QueryParameters.empty() : QueryParameters.of(BY, order);
        UI.getCurrent().getPage().getHistory().replaceState(null, new Location(PATH, query));
        refresh();
    }

    private void refresh() {
        problem.removeAll();
        try {
            Times times = Times.of(UI.getCurrent());
            show(read(times), times);
        } catch (ProblemException e) {
            Notice notice = Notice.problem(Texts.of("links.failed"), e.getMessage());
            notice.addClassName("ls-page-notice");
            problem.add(notice);
        }
    }

    private LinkMap read(Times times) {
        Caller caller = tools.me().get();
        List<IdentityOverview> others = tools.identities().overview(caller).stream()
                .filter(LinkMap::incoming)
                .toList();
        return LinkMap.of(
                LinkLine.all(tools, caller),
                others,
                tools.identities().lastCalls(caller, others),
                LinkMap.Order.of(orders.value()),
                times);
    }

    private void show(LinkMap found, Times times) {
        boolean some = !found.isEmpty();
        legend.setVisible(some);
        orders.setVisible(some);
        scroll.setVisible(some);
        if (some && empty != null) {
            remove(empty);
            empty = null;
        } else if (!some && empty == null) {
            empty = new NoLinks(
                    tools.access().allowed(tools.me().get(), "can_view_cluster_links"),
                    create("links.create", "plus", false, "primary"),
                    paste());
            add(empty);
        }
        showQuay();
        while (groups.size() > found.groups().size()) {
            outgoing.remove(groups.removeLast());
        }
        while (groups.size() < found.groups().size()) {
            groups.add(new MapGroup());
            outgoing.add(groups.getLast());
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).show(found.groups().get(i));
        }
        incoming.setVisible(found.incoming() != null);
        map.setClassName("one-sided", found.incoming() == null);
        if (found.incoming() != null) {
            callers.show(found.incoming());
        }
        checked.setText(
                found.checkedAt() == null
                        ? Texts.of("map.checked.never")
                        : Texts.of("map.checked", times.ago(found.checkedAt())));
    }

    private ActionButton paste() {
        return create("links.empty.token.button", "clipboard-paste", true);
    }

    private ActionButton create(String key, String symbol, boolean consume, String... look) {
        return actions.gate(new ActionButton(Texts.of(key), symbol, () -> ClusterLinks.goTo(consume)).look(look));
    }

    private void showQuay() {
        ServerInfo us = tools.server().info(tools.me().get());
        if (us.equals(drawn)) {
            return;
        }
        drawn = us;
        Strong name = new Strong(us.name());
        name.addClassName("ls-cut");
        name.getElement().setAttribute("title", us.name());
        quay.removeAll();
        quay.add(name, line(new Span(Texts.of("link.span.this-cluster")), ""));
        us.addresses().stream().limit(MOST_ADDRESSES).forEach(address -> quay.add(line(code(address), "address")));
        int more = us.addresses().size() - MOST_ADDRESSES;
        if (more > 0) {
            quay.add(line(new Span(Texts.of("membership.more", more)), "wide"));
        }
        quay.add(
                line(new Span(Texts.of("map.certificate.label")), "wide"),
                line(code(Fingerprints.brief(us.fingerprint())), "wide"));
    }

    private static Code code(String text) {
        Code code = new Code(text);
        code.addClassName("ls-cut");
        code.setTitle(text);
        return code;
    }

    private static Div line(Component content, String name) {
        Div line = new Div(content);
        line.addClassName("ls-quay-line");
        if (!name.isEmpty()) {
            line.addClassName(name);
        }
        return line;
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("map.title"));
    }
}
