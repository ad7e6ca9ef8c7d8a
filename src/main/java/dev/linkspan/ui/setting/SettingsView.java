package dev.linkspan.ui.setting;

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
import dev.linkspan.member.Setting;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The server's configuration: each key with what it is for, its value and who changed it last. */
@Route(SettingsView.PATH)
public class SettingsView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    public static final String PATH = "settings";
    private static final String SETTING = "setting";
    private static final String PANEL = "panel";
    private static final String CREATE = "create-key";
    private static final String QUERY = "query";

    private final SettingTools tools;
    private final SettingsTable table;
    private final SearchField search = new SearchField(
                    Texts.of("settings.search.label"), Texts.of("settings.search"), words -> searched())
            .reachedBySlash();
    private final ActionButton create;
    private final Div noneFound = new Div();
    private final PageHead head;
    private KnownIdentities known = new KnownIdentities(List.of());
    private SettingPanel panel;
    private Notice problem;
    private String open = "";

    SettingsView(SettingTools tools) {
        this.tools = tools;
        addClassName("ls-view");
        table = new SettingsTable(() -> known, row -> address(parameters(Map.of(SETTING, row.key()))), this::actions);
        create = new ActionButton(Texts.of("setting.own.create"), "plus", () -> navigate(Map.of(PANEL, CREATE)))
                .look("primary");
        create.getElement().setAttribute("aria-keyshortcuts", "C");
        head = new PageHead(Texts.of("settings.title"), Texts.of("settings.explanation"), create);
        Div bar = new Div(search);
        bar.addClassNames("ls-tools", "ls-below-head");
        noneFound.addClassName("ls-none");
        add(head, bar, noneFound, table, new FitColumns());
        tools.live()
                .refresh(
                        this,
                        event -> event.action().equals("config-updated")
                                || event.action().startsWith("cluster-")
                                || event.source().startsWith("/1.0/auth/"),
                        this::refresh);
    }

    private List<RowAction> actions(Setting setting) {
        String refusal = setting.fixed() ? Texts.of("setting.fixed.refused") : tools.refusal();
        return List.of(RowAction.quick(
                "edit",
                Texts.of("setting.edit", setting.key()),
                "pencil",
                refusal,
                () -> navigate(Map.of(SETTING, setting.key()))));
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        search.show(parameters.getSingleParameter(QUERY).orElse(""));
        filter();
        String key = parameters.getSingleParameter(SETTING).orElse("");
        String wanted = key.isEmpty() ? parameters.getSingleParameter(PANEL).orElse("") : key;
        if (!wanted.equals(open)) {
            open = wanted;
            openPanel(PanelHost.of(this));
        }
    }

    private void openPanel(PanelHost host) {
        panel = null;
        String key = open;
        table.rows().mark(setting -> setting.key().equals(key));
        if (open.equals(CREATE)) {
            host.open(new OwnKeyPanel(tools, () -> navigate(Map.of())));
            return;
        }
        Optional<Setting> found = table.rows().all().stream()
                .filter(setting -> setting.key().equals(open))
                .findFirst();
        if (found.isPresent()) {
            panel = new SettingPanel(tools, found.get(), () -> navigate(Map.of()));
            host.open(panel);
        } else {
            host.closePanel();
            if (!open.isEmpty()) {
                Toast.problem(Texts.of("setting.gone"));
                open = "";
                searched();
            }
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("settings.title"));
    }

    /** Leads to a setting. */
    public static void open(String key) {
        UI.getCurrent().navigate(SettingsView.class, QueryParameters.of(SETTING, key));
    }

    private static String address(QueryParameters parameters) {
        return new Location(PATH, parameters).getPathWithQueryParameters();
    }

    private void navigate(Map<String, String> wanted) {
        UI.getCurrent().navigate(PATH, parameters(wanted));
    }

    private QueryParameters parameters(Map<String, String> wanted) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!search.getValue().isBlank()) {
            query.put(QUERY, search.getValue());
        }
        query.putAll(wanted);
        return QueryParameters.simple(query);
    }

    private void searched() {
        Map<String, String> wanted = open.isEmpty() ? Map.of() : Map.of(open.equals(CREATE) ? PANEL : SETTING, open);
        UI.getCurrent().getPage().getHistory().replaceState(null, new Location(PATH, parameters(wanted)));
        filter();
        table.rows().sayFound();
    }

    private void filter() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        table.rows().filter(setting -> matches(setting, wanted));
        boolean none = table.rows().shown().isEmpty();
        table.setVisible(!none);
        noneFound.setVisible(none);
        noneFound.removeAll();
        if (none && wanted.isEmpty()) {
            noneFound.add(new Span(Texts.of("settings.none")));
        } else if (none) {
            Button clear = new Button(Texts.of("search.clear"), click -> {
                search.clear();
                searched();
                search.focus();
            });
            clear.addThemeNames("small");
            noneFound.add(
                    new Span(Texts.of("settings.none-found", search.getValue().strip())), clear);
        }
    }

    private static boolean matches(Setting setting, String wanted) {
        return setting.key().toLowerCase(Locale.ROOT).contains(wanted)
                || SettingWords.value(setting).toLowerCase(Locale.ROOT).contains(wanted)
                || SettingWords.about(setting.key()).toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** What the caller may do can change while the page is open. */
    private void followRights() {
        String refusal = tools.refusal();
        create.refuse(refusal);
        head.setLead(new Span(refusal == null ? "" : Texts.of("settings.partly")));
    }

    private void refresh() {
        if (problem != null) {
            remove(problem);
            problem = null;
        }
        try {
            known = tools.known();
            List<Setting> all = tools.settings().list(tools.me().get());
            table.rows().show(all);
            filter();
            followRights();
            if (panel != null) {
                panel.refresh(all);
            }
        } catch (ProblemException e) {
            problem = Notice.problem(Texts.of("settings.failed"), e.getMessage());
            problem.addClassName("ls-page-notice");
            addComponentAsFirst(problem);
        }
    }
}
