package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkType;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Filters;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.ListAddress;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Segments;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.SelectionBar;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Scope;

/**
 * The list of cluster links with what one can do from it: create, search and filter, and with one link or many at once
 * check, change groups and delete. There is always exactly one button to create a link, in the bar above the table or,
 * while there is no link, in the text in its place.
 */
@SpringComponent
@Scope("prototype")
class ClusterLinks extends Div {
    static final String PANEL = "panel";
    private static final String CREATE = "create-cluster-link";
    private static final String GROUPS = "modify-groups";
    private static final String SETUP = "setup";
    private static final String CONSUME = "consume";
    private static final String LINK_TYPE = "link-type";
    static final String STATUS = "status";
    static final String TYPE = "type";
    private static final String ALL = "all";
    private static final Duration TICK = Duration.ofSeconds(30);
    private static final List<Duration> LOOKS_AFTER_CHECK =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(12));

    private final LinkTools tools;
    private final LinkActions actions;
    private final Selection<LinkLine> selection = new Selection<>(LinkLine::id, line -> null);
    private final LinksTable table;
    private final SearchField search = new SearchField(
                    Texts.of("links.search.label"), Texts.of("links.search"), words -> narrowed())
            .reachedBySlash();
    private final Segments parts = new Segments(Texts.of("links.column.status"), part -> partChosen(part));
    private final Filters filters = new Filters(this::filtersChanged);
    private final Div bar = new Div();
    private final SelectionBar<LinkLine> selectionBar;
    private final Div noneFound = new Div();
    private final Component empty;
    private final ActionButton create;
    private final ActionButton createFirst;
    private final ActionButton paste;
    private final ListAddress address = new ListAddress();
    private IntConsumer countListener = count -> {};
    private Notice problem;
    private Registration ticking;
    private String openPanel = "";

    private CreateLinkPanel creating;

    ClusterLinks(LinkTools tools, LinkActions actions, Live live) {
        this.tools = tools;
        this.actions = actions;
        addClassName("ls-view");
        table = new LinksTable(
                selection,
                links -> tools.contacts().strips(tools.me().get(), links, ContactStrip.HOURS),
                line -> actions.ofRow(
                        line,
                        selection,
                        () -> address.open(Map.of(PANEL, LinkEditPanel.PANEL, LinkEditPanel.LINK, line.name())),
                        this::lookAgain,
                        this::focusCreate));
        create = createButton();
        createFirst = createButton();
        Span what = new Span(" " + Texts.of("links.create.what"));
        what.addClassName("ls-wide-screen");
        create.setText(Texts.of("links.create.short"));
        create.getElement().appendChild(what.getElement());
        paste = new ActionButton(
                Texts.of("links.empty.token.button"),
                "clipboard-paste",
                () -> address.open(Map.of(PANEL, CREATE, SETUP, CONSUME)));
        empty = new NoLinks(
                tools.access().allowed(tools.me().get(), "can_view_cluster_links"), createFirst, actions.gate(paste));
        create.addClassName("ls-end");
        List<String> statuses = List.of(ALL, "active", "pending", "attention");
        statuses.forEach(part -> parts.with(part, Texts.of("links.part." + part)));
        parts.symbol("attention", "triangle-alert");
        filters.with(
                        TYPE,
                        Texts.of("links.column.type"),
                        options(
                                Arrays.stream(LinkType.values())
                                        .map(LinkType::wireName)
                                        .toList(),
                                "link.type."))
                .inMenu(
                        STATUS,
                        Texts.of("links.column.status"),
                        options(statuses.subList(1, statuses.size()), "links.part."));
        bar.add(search, parts, filters, create);
        bar.addClassName("ls-tools");
        selectionBar = selectionBar();
        noneFound.addClassName("ls-none");
        add(bar, selectionBar, noneFound, table, empty, new FitColumns());
        address.with(ListAddress.QUERY, search::getValue)
                .with(STATUS, () -> parts.value().equals(ALL) ? "" : parts.value())
                .with(TYPE, () -> filters.value(TYPE))
                .with(ListAddress.SORT, table.order()::value);
        table.order().onChange(address::changed);
        live.refresh(this, ClusterLinks::concerns, this::refresh);
    }

    private static Map<String, String> options(List<String> values, String key) {
        Map<String, String> options = new LinkedHashMap<>();
        values.forEach(value -> options.put(value, Texts.of(key + value)));
        return options;
    }

    private SelectionBar<LinkLine> selectionBar() {
        ActionButton check = new ActionButton(
                        Texts.of("link.check"), "refresh-cw", () -> actions.check(selection.rows(), this::lookAgain))
                .look("small");
        ActionButton groups =
                new ActionButton(Texts.of("links.change-groups"), "users-round", this::openGroups).look("small");
        ActionButton delete = new ActionButton("", "trash-2", () -> actions.askToDelete(selection.rows(), () -> {}))
                .look("small", "error");
        selection.onChange(() -> {
            delete.setText(Texts.of("links.delete.count", selection.size()));
            check.refuse(actions.checkRefusal(selection.rows()));
            groups.refuse(actions.groupsRefusal(selection.rows()));
            delete.refuse(actions.refusal(selection.rows(), "can_delete"));
        });
        return new SelectionBar<>(selection, table.rows(), check, groups, delete);
    }

    /**
     * Leads from another page to the panel that makes a link.
     *
     * @param consume whether one was given a token for it
     */
    static void goTo(boolean consume) {
        UI.getCurrent()
                .navigate(
                        ServerView.LINKS,
                        consume
                                ? QueryParameters.simple(Map.of(PANEL, CREATE, SETUP, CONSUME))
                                : QueryParameters.of(PANEL, CREATE));
    }

    /** Leads from another page to the panel that makes a link of that type. */
    static void goTo(LinkType type) {
        UI.getCurrent()
                .navigate(ServerView.LINKS, QueryParameters.simple(Map.of(PANEL, CREATE, LINK_TYPE, type.wireName())));
    }

    /** Where the links with that value of a filter are. */
    static String address(String filter, String value) {
        return new Location(ServerView.LINKS, QueryParameters.of(filter, value)).getPathWithQueryParameters();
    }

    void onCount(IntConsumer listener) {
        countListener = listener;
    }

    /** Says how many there are while they aren't shown. */
    void count() {
        countListener.accept(tools.links().overview(tools.me().get()).size());
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
        ticking = tools.background().every(TICK, this, this::tick);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
    }

    /** Shows what the page's address asks for: what is searched and filtered, the order, the panel. */
    void showPanel(AfterNavigationEvent event) {
        address.entered(event);
        showWhatIsAskedFor(event.getLocation().getQueryParameters());
    }

    /** Shows the whole list without a panel, as before one leaves it. */
    void reset(Location location) {
        address.entered(location);
        showWhatIsAskedFor(QueryParameters.empty());
    }

    private void showWhatIsAskedFor(QueryParameters parameters) {
        String before = address.narrowedBy();
        search.show(parameters.getSingleParameter(ListAddress.QUERY).orElse(""));
        filters.set(TYPE, parameters.getSingleParameter(TYPE).orElse(""));
        parts.set(parameters.getSingleParameter(STATUS).orElse(ALL));
        filters.set(STATUS, parts.value());
        table.order().show(parameters.getSingleParameter(ListAddress.SORT).orElse(""));
        if (!address.narrowedBy().equals(before)) {
            filter();
        }
        String wanted = address.other(PANEL);
        String asked = wanted + ' ' + address.other(LinkEditPanel.LINK);
        if (!asked.equals(openPanel)) {
            openPanel = asked;
            open(wanted);
        } else if (wanted.equals(CREATE)) {
            creating.choose(consumes());
        }
    }

    private void open(String wanted) {
        SidePanel panel =
                switch (wanted) {
                    case CREATE -> creating = actions.createPanel(consumes(), address::close, this::focusCreate);
                    case LinkEditPanel.PANEL ->
                        LinkEditPanel.open(tools, address.other(LinkEditPanel.LINK), this::renamed, address::close)
                                .orElse(null);
                    case ConfirmPublicPanel.PANEL ->
                        ConfirmPublicPanel.open(tools, address.other(LinkEditPanel.LINK), address::close)
                                .orElse(null);
                    case GROUPS -> selection.isEmpty() ? null : actions.groupsPanel(selection.rows(), address::close);
                    default -> null;
                };
        if (wanted.equals(CREATE)) {
            LinkType.ofWireName(address.other(LINK_TYPE)).ifPresent(creating::startWith);
        }
        String link = panel == null ? "" : address.other(LinkEditPanel.LINK);
        table.rows().mark(line -> line.name().equals(link));
        selection.panel(wanted.equals(GROUPS), this::openGroups);
        if (panel == null) {
            PanelHost.of(this).closePanel();
            if (!wanted.isEmpty()) {
                address.forgetPanel();
                openPanel = "";
            }
        } else {
            PanelHost.of(this).open(panel);
        }
    }

    private void openGroups() {
        address.open(Map.of(PANEL, GROUPS));
    }

    /** The link whose panel is open has another name. */
    private void renamed(String name) {
        address.rename(LinkEditPanel.LINK, name);
        openPanel = LinkEditPanel.PANEL + ' ' + name;
        table.rows().mark(line -> line.name().equals(name));
    }

    private boolean consumes() {
        return CONSUME.equals(address.other(SETUP));
    }

    private ActionButton createButton() {
        ActionButton button = new ActionButton(
                        Texts.of("links.create"), "plus", () -> address.open(Map.of(PANEL, CREATE)))
                .named(Texts.of("links.create"))
                .look("primary");
        button.getElement().setAttribute("aria-keyshortcuts", "C");
        return actions.gate(button);
    }

    private void focusCreate() {
        (bar.isVisible() ? create : createFirst).focus();
    }

    private void partChosen(String part) {
        filters.set(STATUS, part);
        narrowed();
    }

    private void filtersChanged() {
        parts.set(filters.value(STATUS));
        narrowed();
    }

    private void narrowed() {
        address.changed();
        filter();
        table.rows().sayFound();
    }

    /** What came of asking many links again is looked for a few times; the list's own pace is slower. */
    private void lookAgain() {
        LOOKS_AFTER_CHECK.forEach(pause -> tools.background().after(pause, UI.getCurrent(), this::tick));
    }

    /** Times have passed, and links were asked again. */
    private void tick() {
        show(table.rows().all().stream().map(LinkLine::overview).toList());
    }

    private void refresh() {
        List.of(create, createFirst, paste).forEach(actions::gate);
        try {
            show(tools.links().overview(tools.me().get()));
            removeProblem();
        } catch (ProblemException e) {
            removeProblem();
            problem = Notice.problem(Texts.of("links.failed"), e.getMessage());
            problem.addClassName("ls-page-notice");
            addComponentAsFirst(problem);
        }
    }

    /** The groups of a link are those of its identity. */
    private static boolean concerns(LifecycleEvent event) {
        return Live.contact(event) || Live.trust(event);
    }

    private void removeProblem() {
        if (problem != null) {
            remove(problem);
        }
    }

    private void show(List<LinkOverview> links) {
        countListener.accept(links.size());
        boolean some = !links.isEmpty();
        bar.setVisible(some);
        empty.setVisible(!some);
        List<LinkLine> lines = LinkLine.of(tools, tools.me().get(), links);
        table.show(lines);
        selection.keep(lines);
        filter();
    }

    private void filter() {
        Instant now = Instant.now();
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        String part = parts.value();
        String type = filters.value(TYPE);
        Predicate<LinkLine> matches = line -> (wanted.isEmpty() || line.matches(wanted))
                && (type.isEmpty() || line.type().wireName().equals(type));
        count(table.rows().all().stream().filter(matches).toList(), now);
        table.rows()
                .filter(line -> matches.test(line)
                        && (part.equals(ALL) || name(LinkStatus.part(line, now)).equals(part)));
        boolean nothing = bar.isVisible() && table.rows().shown().isEmpty();
        table.setVisible(bar.isVisible() && !nothing);
        noneFound.setVisible(nothing);
        noneFound.removeAll();
        if (nothing) {
            Button clear = new Button(Texts.of("search.clear"), click -> clearFilters());
            clear.addThemeNames("small");
            noneFound.add(
                    new Span(
                            wanted.isEmpty()
                                    ? Texts.of("links.none-filtered")
                                    : Texts.of(
                                            type.isEmpty() && part.equals(ALL)
                                                    ? "links.none-found"
                                                    : "links.none-found-filtered",
                                            search.getValue().strip())),
                    clear);
        }
    }

    private static String name(LinkStatus.Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** Says of each part how many of the links that match otherwise are in it. */
    private void count(List<LinkLine> lines, Instant now) {
        Map<String, Long> counts = new HashMap<>(lines.stream()
                .collect(Collectors.groupingBy(line -> name(LinkStatus.part(line, now)), Collectors.counting())));
        counts.put(ALL, (long) lines.size());
        List.of(ALL, "active", "pending", "attention")
                .forEach(part -> parts.count(part, counts.getOrDefault(part, 0L).intValue()));
    }

    private void clearFilters() {
        filters.clear();
        parts.set(ALL);
        search.clear();
        narrowed();
        search.focus();
    }
}
