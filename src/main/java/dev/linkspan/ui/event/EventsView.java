package dev.linkspan.ui.event;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
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
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.EventCounts;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.EventFilter.Concern;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.RecordedEvent;
import dev.linkspan.event.SecurityEvent;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Filters;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.LiveChoices;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Segments;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has happened, latest first and as far back as it is kept; new events come in at the top. */
@Route(EventsView.PATH)
public class EventsView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    public static final String PATH = "events";
    private static final String EVENT = "event";
    private static final String QUERY = "query";
    private static final String KIND = "kind";
    private static final String LINK = "link";
    private static final String IDENTITY = "identity";
    private static final String ONCE = "once";
    private static final List<String> PARTS = List.of(ONCE, "all", "lifecycle", "security", "warning");
    private static final Duration TICK = Duration.ofSeconds(15);
    private static final int MOST_NEW = 1_000;

    private final EventTools tools;
    private final EventRows rows;
    private final EventsTable table;
    private final SearchField search = new SearchField(
                    Texts.of("events.search.label"), Texts.of("events.search"), words -> filtersChanged())
            .reachedBySlash();
    private final Segments parts = new Segments(Texts.of("events.kind"), this::partChosen);
    private final Filters filters = new Filters(this::menuChosen);
    private final ComboBox<String> link = new ComboBox<>();
    private final ComboBox<String> identity = new ComboBox<>();
    private final LiveChoices linkChoices = new LiveChoices(link, this::offerLinks);
    private final LiveChoices identityChoices = new LiveChoices(identity, this::offerIdentities);
    private final ActionButton news = new ActionButton("", "arrow-up", this::showNews).look("small");
    private final Div noneFound = new Div();
    private final PageHead head = new PageHead(Texts.of("events.title"), Texts.of("events.explanation"));
    private Set<String> links = Set.of();
    private KnownIdentities known = new KnownIdentities(List.of());
    private Notice problem;
    private String openEvent = "";
    private long until;
    private boolean showing;

    EventsView(EventTools tools) {
        this.tools = tools;
        addClassName("ls-view");
        rows = new EventRows(tools, this::learn);
        table = new EventsTable(rows, () -> known, row -> address(parameters(String.valueOf(row.id()))));
        Map<String, String> kinds = new LinkedHashMap<>();
        PARTS.forEach(part -> {
            parts.with(part, Texts.of("events.part." + part));
            if (!part.equals(ONCE)) {
                kinds.put(part, Texts.of("events.part." + part));
            }
        });
        filters.inMenu(KIND, Texts.of("events.kind"), kinds);
        box(link, "events.link");
        box(identity, "events.identity");
        identity.setItemLabelGenerator(this::identityName);
        link.setItemLabelGenerator(name -> links.contains(name) ? name : Texts.of("events.link.gone", name));
        Div bar = new Div(search, parts, link, identity, filters);
        bar.addClassNames("ls-tools", "ls-below-head", "ls-event-tools");
        noneFound.addClassName("ls-none");
        news.addClassName("ls-news");
        news.setVisible(false);
        news.getElement().setAttribute("aria-live", "polite");
        add(head, bar, news, noneFound, table, new FitColumns());
        tools.live().refreshByAll(this, EventsView::concerns, this::lookForNews);
        tools.live().refresh(this, event -> event.source().startsWith("/1.0/auth/identities"), this::renameIdentities);
        tools.live()
                .refresh(
                        this,
                        event -> event.source().startsWith("/1.0/cluster/links/") && !Live.contact(event),
                        linkChoices::renew);
        tools.live().follow(this, event -> event.action().equals("cluster-link-renamed"), this::followRename);
    }

    /** Whoever looks at the events of a link goes on with the same one. */
    private void followRename(LifecycleEvent event) {
        if (event.context().get("old_name").equals(link.getValue())) {
            choose(
                    link,
                    EntityUrl.parse(event.source()).orElseThrow().arguments().getLast());
            filtersChanged();
        }
    }

    private void box(ComboBox<String> box, String key) {
        box.setAriaLabel(Texts.of(key));
        box.setPlaceholder(Texts.of(key + ".any"));
        box.setClearButtonVisible(true);
        box.addClassName("ls-event-box");
        box.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                filtersChanged();
            }
        });
    }

    private static boolean concerns(Object happening) {
        return happening instanceof SecurityEvent || happening instanceof LifecycleEvent event && event.kept();
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        Registration ticking = tools.background().every(TICK, this, this::tick);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
        readIdentities();
        linkChoices.renew();
        if (!tools.events().seesAll(tools.me().get())) {
            head.setLead(new Span(Texts.of("events.partly")));
        }
    }

    private void readIdentities() {
        known = new KnownIdentities(tools.identities().overview(tools.me().get()));
        identityChoices.renew();
    }

    private void renameIdentities() {
        readIdentities();
        rows.refreshAll();
    }

    private void offerIdentities() {
        offer(identity, known.all().stream().map(row -> KnownIdentities.key(row.method(), row.identifier())));
    }

    private void offerLinks() {
        links = tools.links().list(tools.me().get()).stream()
                .map(ClusterLink::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        offer(link, links.stream());
    }

    private String identityName(String key) {
        String[] parts = key.split("/", 2);
        return known.at(Instant.now()).name(parts[0], parts[parts.length - 1]);
    }

    private static void offer(ComboBox<String> box, Stream<String> items) {
        String chosen = box.getValue();
        box.setItems(items.toList());
        choose(box, chosen);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        QueryParameters before = parameters(null);
        search.show(parameters.getSingleParameter(QUERY).orElse(""));
        parts.set(parameters.getSingleParameter(KIND).orElse(ONCE));
        filters.set(KIND, parts.value());
        String asked = parameters.getSingleParameter(LINK).orElse(null);
        choose(link, nameNow(asked));
        parameters.getSingleParameter(IDENTITY).ifPresent(this::learn);
        choose(identity, parameters.getSingleParameter(IDENTITY).orElse(null));
        if (!showing || !before.equals(parameters(null))) {
            showing = true;
            showLatest();
        }
        String wanted = parameters.getSingleParameter(EVENT).orElse("");
        if (!wanted.equals(openEvent)) {
            openEvent = wanted;
            open(PanelHost.of(this));
        }
        if (asked != null && !asked.equals(link.getValue())) {
            putIntoAddress();
        }
    }

    /** A link that was renamed since that address was made is still the same one. */
    private String nameNow(String asked) {
        return asked == null
                ? null
                : tools.links().nameNow(tools.me().get(), asked).orElse(asked);
    }

    /** One that is gone by now is called by the name that it had. */
    private void learn(String key) {
        String[] parts = key.split("/", 2);
        known.learn(
                tools.identities(),
                tools.me().get(),
                List.of(EntityUrl.of(EntityType.IDENTITY, parts[0], parts[parts.length - 1])));
    }

    /** Those who are deleted by now are called by their names too. */
    private void learn(List<RecordedEvent> events) {
        known.learn(
                tools.identities(),
                tools.me().get(),
                events.stream().flatMap(EventWords::identities).toList());
    }

    /** Somebody may ask for what is gone by now: its events are still there. */
    private static void choose(ComboBox<String> box, String value) {
        if (value != null && box.getListDataView().getItems().noneMatch(value::equals)) {
            List<String> items =
                    new ArrayList<>(box.getListDataView().getItems().toList());
            items.add(value);
            box.setItems(items);
        }
        box.setValue(value);
    }

    private void open(PanelHost host) {
        if (openEvent.isEmpty()) {
            rows.mark(null);
            host.closePanel();
            return;
        }
        try {
            RecordedEvent event = tools.events().get(tools.me().get(), Long.parseLong(openEvent));
            learn(List.of(event));
            rows.mark(event);
            List<RecordedEvent> along = tools.events().along(tools.me().get(), event.id());
            host.open(new EventPanel(
                    event, along, other -> address(parameters(String.valueOf(other.id()))), known, () -> UI.getCurrent()
                            .navigate(PATH, parameters(null))));
        } catch (ProblemException | NumberFormatException e) {
            host.closePanel();
            Toast.problem(Texts.of("event.gone"));
            openEvent = "";
            rows.mark(null);
            UI.getCurrent().getPage().getHistory().replaceState(null, new Location(PATH, parameters(null)));
        }
    }

    /** Where the events of one link are. */
    public static String addressOfLink(String name) {
        return new Location(PATH, QueryParameters.of(LINK, name)).getPathWithQueryParameters();
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("events.title"));
    }

    private static String address(QueryParameters parameters) {
        return new Location(PATH, parameters).getPathWithQueryParameters();
    }

    private QueryParameters parameters(String event) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!search.getValue().isBlank()) {
            query.put(QUERY, search.getValue());
        }
        if (!parts.value().equals(ONCE)) {
            query.put(KIND, parts.value());
        }
        if (link.getValue() != null) {
            query.put(LINK, link.getValue());
        }
        if (identity.getValue() != null) {
            query.put(IDENTITY, identity.getValue());
        }
        if (event != null && !event.isEmpty()) {
            query.put(EVENT, event);
        }
        return QueryParameters.simple(query);
    }

    private void partChosen(String part) {
        filters.set(KIND, part);
        filtersChanged();
    }

    private void menuChosen() {
        String part = filters.value(KIND);
        parts.set(part.isEmpty() ? ONCE : part);
        filtersChanged();
    }

    private void putIntoAddress() {
        UI.getCurrent().getPage().getHistory().replaceState(null, new Location(PATH, parameters(openEvent)));
    }

    private void filtersChanged() {
        putIntoAddress();
        showLatest();
        table.scrollToStart();
    }

    private void clearFilters() {
        search.clear();
        parts.set(ONCE);
        filters.clear();
        link.clear();
        identity.clear();
        filtersChanged();
        search.focus();
    }

    private EventFilter filter(String part) {
        Caller me = tools.me().get();
        List<Concern> concerns = new ArrayList<>();
        if (link.getValue() != null) {
            concerns.add(tools.links().concern(me, link.getValue()));
        }
        if (identity.getValue() != null) {
            String[] key = identity.getValue().split("/", 2);
            concerns.add(tools.identities().concern(me, key[0], key[key.length - 1]));
        }
        boolean kind = part.equals("lifecycle") || part.equals("security");
        return new EventFilter(
                kind ? part : "",
                part.equals("warning") ? part : "",
                concerns,
                search.getValue().strip(),
                part.equals(ONCE));
    }

    private void showLatest() {
        if (problem != null) {
            remove(problem);
            problem = null;
        }
        news.setVisible(false);
        try {
            Caller me = tools.me().get();
            until = tools.events().latest(me);
            EventCounts counts = tools.events().count(me, filter("all"), until);
            Map<String, Integer> sizes = Map.of(
                    ONCE,
                    counts.once(),
                    "all",
                    counts.all(),
                    "lifecycle",
                    counts.lifecycle(),
                    "security",
                    counts.security(),
                    "warning",
                    counts.warnings());
            sizes.forEach(parts::count);
            int size = sizes.get(parts.value());
            rows.show(filter(parts.value()), until, size);
            showWhetherEmpty(size);
        } catch (ProblemException e) {
            problem = Notice.problem(Texts.of("events.failed"), e.getMessage());
            problem.addClassName("ls-page-notice");
            addComponentAsFirst(problem);
            rows.show(EventFilter.ALL, 0, 0);
        }
    }

    private void showWhetherEmpty(int size) {
        boolean none = size == 0;
        table.setVisible(!none);
        noneFound.setVisible(none);
        noneFound.removeAll();
        if (!none) {
            return;
        }
        if (parameters(null).getParameters().isEmpty()) {
            noneFound.add(new Div(new H2(Texts.of("events.empty.title")), new Paragraph(Texts.of("events.empty"))));
        } else {
            Button clear = new Button(Texts.of("search.clear"), click -> clearFilters());
            clear.addThemeNames("small");
            String words = search.getValue().strip();
            boolean narrowed = parameters(null).getParameters().size() > 1;
            String filtered = narrowed ? "events.none-found-filtered" : "events.none-found";
            noneFound.add(
                    new Span(words.isEmpty() ? Texts.of("events.none-filtered") : Texts.of(filtered, words)), clear);
        }
    }

    private void tick() {
        rows.refreshAll();
        lookForNews();
    }

    /** New events come in by themselves where the list begins; whoever reads further down is told of them only. */
    private void lookForNews() {
        if (!showing || problem != null) {
            return;
        }
        int count = tools.events().newer(tools.me().get(), filter(parts.value()), until, MOST_NEW);
        if (count == 0) {
            return;
        }
        if (!table.isVisible()) {
            showLatest();
            return;
        }
        table.getElement().executeJs("return this.$.table.scrollTop < 1").then(Boolean.class, atTop -> {
            if (atTop) {
                showLatest();
            } else {
                news.setText(Texts.of("events.news", count));
                news.setVisible(true);
            }
        });
    }

    private void showNews() {
        showLatest();
        table.scrollToStart();
        table.getElement().callJsFunction("focus");
    }
}
