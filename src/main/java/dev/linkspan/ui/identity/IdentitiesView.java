package dev.linkspan.ui.identity;

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
import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Filters;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.ListAddress;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.Rows;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.SelectionBar;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The identities: who there is, and making, changing and deleting them, one by one or many at once. */
@Route(IdentitiesView.PATH)
public class IdentitiesView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    public static final String PATH = "permissions/identities";
    private static final String PANEL = ListAddress.PANEL;
    private static final String CREATE = "create-identity";
    private static final String KIND = "kind";
    private static final String EDIT = "edit-identity";
    private static final String MODIFY = "modify-groups";
    private static final String IDENTITY = "identity";
    private static final String METHOD = "auth-method";
    private static final String EXPIRES = "expires";
    private static final String SYSTEM = "system-identities";
    private static final String HIDE = "hide";

    /** The identities that people made: where the sidebar leads to. */
    public static final QueryParameters WITHOUT_SYSTEM = QueryParameters.of(SYSTEM, HIDE);

    private static final Duration MONTH = Duration.ofDays(30);

    private final IdentityTools tools;
    private final IdentityActions actions;
    private final Selection<IdentityOverview> selection =
            new Selection<>(IdentityOverview::id, IdentitiesView::notSelectable);
    private final IdentitiesTable table;
    private final SearchField search = new SearchField(
                    Texts.of("identities.search.label"), Texts.of("identities.search"), words -> filtersChanged())
            .reachedBySlash();
    private final Filters filters = new Filters(this::filtersChanged);
    private final Div noneFound = new Div();
    private final ListAddress list = new ListAddress();
    private final ActionButton create = new ActionButton(
                    Texts.of("identity.create"), "plus", () -> list.open(Map.of(PANEL, CREATE)))
            .look("primary");
    private String openPanel = "";

    private SidePanel panel;
    private Notice problem;

    IdentitiesView(IdentityTools tools, IdentityActions actions, Live live) {
        this.tools = tools;
        this.actions = actions;
        addClassName("ls-view");
        table = new IdentitiesTable(
                tools.me()::get, selection, this::address, row -> actions.ofRow(row, () -> edit(row), selection));
        create.getElement().setAttribute("aria-keyshortcuts", "C");
        actions.gate(create);
        filters.with(METHOD, Texts.of("identities.filter.method"), options("method", "tls", "bearer", "oidc"))
                .with(EXPIRES, Texts.of("identities.filter.expires"), options("expires", "expired", "week", "month"))
                .withoutButton(SYSTEM, Texts.of("identities.filter.system"), options("system", HIDE));
        list.with(ListAddress.QUERY, search::getValue)
                .with(METHOD, () -> filters.value(METHOD))
                .with(EXPIRES, () -> filters.value(EXPIRES))
                .with(SYSTEM, () -> filters.value(SYSTEM))
                .with(ListAddress.SORT, table.order()::value);
        table.order().onChange(list::changed);
        Div bar = new Div(search, filters);
        bar.addClassNames("ls-tools", "ls-below-head");
        noneFound.addClassName("ls-none");
        PageHead head = new PageHead(Texts.of("identities.title"), Texts.of("identities.explanation"), create);
        add(head, bar, selectionBar(), noneFound, table, new FitColumns());
        live.refresh(this, Live::trust, this::refresh);
    }

    private static Map<String, String> options(String filter, String... values) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String value : values) {
            options.put(value, Texts.of("identities.filter." + filter + '.' + value));
        }
        return options;
    }

    private SelectionBar<IdentityOverview> selectionBar() {
        ActionButton modify =
                new ActionButton(Texts.of("identities.modify-groups"), "users-round", this::openGroups).look("small");
        ActionButton delete = new ActionButton(
                        Texts.of("identities.delete", 0),
                        "trash-2",
                        () -> actions.askToDelete(selection.rows(), () -> {}))
                .look("small", "error");
        selection.onChange(() -> {
            delete.setText(Texts.of("identities.delete", selection.size()));
            modify.refuse(actions.refusal(selection.rows(), "can_edit"));
            delete.refuse(actions.refusal(selection.rows(), "can_delete"));
        });
        return new SelectionBar<>(selection, table.rows(), modify, delete);
    }

    private static String notSelectable(IdentityOverview identity) {
        return identity.fineGrained() ? null : Texts.of("identities.not-fine-grained");
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        list.entered(event);
        String before = list.narrowedBy();
        search.show(parameters.getSingleParameter(ListAddress.QUERY).orElse(""));
        filters.set(METHOD, parameters.getSingleParameter(METHOD).orElse(""));
        filters.set(SYSTEM, parameters.getSingleParameter(SYSTEM).orElse(""));
        filters.set(EXPIRES, parameters.getSingleParameter(EXPIRES).orElse(""));
        table.order().show(parameters.getSingleParameter(ListAddress.SORT).orElse(""));
        if (!list.narrowedBy().equals(before)) {
            filter();
        }
        String wanted = parameters.getSingleParameter(PANEL).orElse("");
        String identity = parameters.getSingleParameter(IDENTITY).orElse("");
        String asked = wanted + ' ' + identity;
        if (!asked.equals(openPanel)) {
            openPanel = asked;
            open(wanted, identity, PanelHost.of(this));
        }
        if (panel instanceof CreateIdentityPanel creating) {
            creating.show(list.other(KIND));
        }
    }

    private void chooseKind(String kind) {
        list.open(kind.isEmpty() ? Map.of(PANEL, CREATE) : Map.of(PANEL, CREATE, KIND, kind));
    }

    private void open(String wanted, String identity, PanelHost host) {
        long edited =
                wanted.equals(EDIT) ? find(identity).map(IdentityOverview::id).orElse(0L) : 0;
        table.rows().mark(row -> row.id() == edited);
        panel = switch (wanted) {
            case CREATE -> actions.createPanel(this::chooseKind, list::close, create::focus);
            case EDIT ->
                find(identity)
                        .map(found -> actions.editPanel(found, list::close))
                        .orElse(null);
            case MODIFY ->
                selection.isEmpty()
                        ? null
                        : actions.groupsPanel(IdentitiesView::groupsTitle, selection.rows(), list::close);
            default -> null;
        };
        selection.panel(wanted.equals(MODIFY), this::openGroups);
        if (panel == null) {
            host.closePanel();
        } else {
            host.open(panel);
        }
        if (panel == null && wanted.equals(EDIT)) {
            Toast.problem(Texts.of("identity.gone"));
        }
        if (panel == null && !wanted.isEmpty()) {
            list.forgetPanel();
            openPanel = "";
        }
    }

    private void openGroups() {
        list.open(Map.of(PANEL, MODIFY));
    }

    private static String groupsTitle(List<IdentityOverview> identities) {
        return Texts.of(
                "identities.groups.change",
                identities.size(),
                identities.getFirst().name());
    }

    private Optional<IdentityOverview> find(String wanted) {
        return table.rows().all().stream()
                .filter(row -> key(row.method(), row.identifier()).equals(wanted))
                .findFirst();
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("identities.title"));
    }

    private static String key(String method, String identifier) {
        return method + '/' + identifier;
    }

    /** Whether an identity is made at that address. */
    static boolean creates(Location location) {
        return location.getPath().equals(PATH)
                && location.getQueryParameters()
                        .getSingleParameter(PANEL)
                        .filter(CREATE::equals)
                        .isPresent();
    }

    /** Where somebody can look at their own identity. */
    public static String addressOf(Caller caller) {
        return caller.identity()
                .map(own -> addressOf(own.method(), own.identifier()))
                .orElse(PATH);
    }

    /** Where somebody can look at an identity. */
    public static String addressOf(String method, String identifier) {
        return address(QueryParameters.simple(Map.of(PANEL, EDIT, IDENTITY, key(method, identifier))));
    }

    /** Where one can look at that identity. */
    public static String addressOf(IdentityOverview identity) {
        return addressOf(identity.method(), identity.identifier());
    }

    /** Leads from another page to the panel that makes an identity for another cluster. */
    public static void goToCreateForCluster() {
        UI.getCurrent()
                .navigate(PATH, QueryParameters.simple(Map.of(PANEL, CREATE, KIND, CreateIdentityPanel.FOR_CLUSTER)));
    }

    private String address(IdentityOverview row) {
        return address(list.query(editing(row)));
    }

    private static String address(QueryParameters parameters) {
        return new Location(PATH, parameters).getPathWithQueryParameters();
    }

    private void edit(IdentityOverview row) {
        list.open(editing(row));
    }

    private static Map<String, String> editing(IdentityOverview row) {
        return Map.of(PANEL, EDIT, IDENTITY, key(row.method(), row.identifier()));
    }

    private void filtersChanged() {
        list.changed();
        filter();
        table.rows().sayFound();
    }

    private void filter() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        String method = filters.value(METHOD);
        String expires = filters.value(EXPIRES);
        boolean all = filters.value(SYSTEM).isEmpty();
        Caller caller = tools.me().get();
        Instant now = Instant.now();
        table.rows()
                .filter(row -> (wanted.isEmpty() || matches(row, wanted))
                        && (method.isEmpty() || row.method().equals(method))
                        && (all || !IdentityWords.system(row, caller))
                        && expires(row, expires, now));
        boolean none = table.rows().shown().isEmpty();
        table.setVisible(!none);
        noneFound.setVisible(none);
        noneFound.removeAll();
        if (none) {
            Button clear = new Button(Texts.of("search.clear"), click -> clearFilters());
            clear.addThemeNames("small");
            noneFound.add(new Span(noneFoundText()), clear);
        }
    }

    private String noneFoundText() {
        boolean filtered = !filters.value(METHOD).isEmpty()
                || !filters.value(EXPIRES).isEmpty()
                || !filters.value(SYSTEM).isEmpty();
        String found = filtered ? "identities.none-found-filtered" : "identities.none-found";
        return search.getValue().isBlank()
                ? Texts.of("identities.none-filtered")
                : Texts.of(found, search.getValue().strip());
    }

    private void clearFilters() {
        filters.clear();
        search.clear();
        filtersChanged();
        search.focus();
    }

    private static boolean matches(IdentityOverview row, String wanted) {
        return row.name().toLowerCase(Locale.ROOT).contains(wanted)
                || row.identifier().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static boolean expires(IdentityOverview row, String filter, Instant now) {
        return switch (filter) {
            case "expired" -> IdentityWords.expired(row, now);
            case "week" -> IdentityWords.expiresWithin(row, now, IdentityWords.SOON);
            case "month" -> IdentityWords.expiresWithin(row, now, MONTH);
            default -> true;
        };
    }

    private void refresh() {
        if (problem != null) {
            remove(problem);
            problem = null;
        }
        actions.gate(create);
        try {
            List<IdentityOverview> all = tools.identities().overview(tools.me().get());
            Rows<IdentityOverview> rows = table.rows();
            rows.show(all);
            selection.keep(all);
            filter();
            if (panel instanceof LiveIdentities open) {
                open.refresh(all);
            }
        } catch (ProblemException e) {
            problem = Notice.problem(Texts.of("identities.failed"), e.getMessage());
            problem.addClassName("ls-page-notice");
            addComponentAsFirst(problem);
        }
    }
}
