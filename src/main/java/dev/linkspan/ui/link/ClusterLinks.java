package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PanelHost;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.springframework.context.annotation.Scope;

/**
 * The list of cluster links with what one can do from it: create, search, issue a new token, delete. There is always
 * exactly one button to create a link, in the bar above the table or, while there is no link, in the text in its place.
 */
@SpringComponent
@Scope("prototype")
class ClusterLinks extends Div {
    private static final String PANEL = "panel";
    private static final String CREATE = "create-cluster-link";
    private static final String SETUP = "setup";
    private static final String CONSUME = "consume";
    private static final Duration TICK = Duration.ofSeconds(30);

    private final LinkTools tools;
    private final LinkActions actions;
    private final LinksTable table;
    private final SearchField search =
            new SearchField(Texts.of("links.search.label"), Texts.of("links.search"), this::search).reachedBySlash();
    private final Div bar = new Div();
    private final Div noneFound = new Div();
    private final Component empty;
    private final ActionButton create;
    private final ActionButton createFirst;
    private IntConsumer countListener = count -> {};
    private Notice problem;
    private Registration ticking;
    private String openPanel = "";

    ClusterLinks(LinkTools tools, LinkActions actions, Live live) {
        this.tools = tools;
        this.actions = actions;
        addClassName("ls-view");
        table = new LinksTable(new LinkStates(tools, this::stateChanged), row -> actions.ofRow(row, this::focusCreate));
        create = createButton();
        createFirst = createButton();
        ActionButton paste = new ActionButton(
                Texts.of("links.empty.token.button"), "clipboard-paste", () -> openPanel(Map.of(SETUP, CONSUME)));
        empty = new NoLinks(createFirst, actions.gate(paste));
        create.addClassName("ls-end");
        bar.add(search, create);
        bar.addClassName("ls-tools");
        noneFound.addClassName("ls-none");
        add(bar, noneFound, table, empty, new FitColumns());
        live.refresh(this, ClusterLinks::concerns, this::refresh);
    }

    void onCount(IntConsumer listener) {
        countListener = listener;
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
        ticking = tools.background().every(TICK, this, table::tick);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
    }

    /** Opens or closes the panel that the page's address asks for. */
    void showPanel(QueryParameters parameters) {
        String asked = parameters.getSingleParameter(PANEL).orElse("")
                + parameters.getSingleParameter(LinkEditPanel.LINK).map(link -> ' ' + link).orElse("");
        if (asked.equals(openPanel)) {
            return;
        }
        if (!openPanel.isEmpty()) {
            PanelHost.of(this).closePanel();
        }
        openPanel = asked;
        panel(parameters).ifPresent(PanelHost.of(this)::open);
    }

    private Optional<SidePanel> panel(QueryParameters parameters) {
        return switch (parameters.getSingleParameter(PANEL).orElse("")) {
            case CREATE -> {
                boolean consume = parameters
                        .getSingleParameter(SETUP)
                        .filter(CONSUME::equals)
                        .isPresent();
                yield Optional.of(actions.createPanel(consume, this::closePanel, this::focusCreate));
            }
            case LinkEditPanel.PANEL ->
                LinkEditPanel.open(
                        tools, parameters.getSingleParameter(LinkEditPanel.LINK).orElse(""), this::closePanel);
            default -> Optional.empty();
        };
    }

    private ActionButton createButton() {
        ActionButton button =
                new ActionButton(Texts.of("links.create"), "plus", () -> openPanel(Map.of())).look("primary");
        button.getElement().setAttribute("aria-keyshortcuts", "C");
        return actions.gate(button);
    }

    private void openPanel(Map<String, String> parameters) {
        QueryParameters query = QueryParameters.simple(parameters).merging(PANEL, CREATE);
        UI.getCurrent().navigate(UI.getCurrent().getActiveViewLocation().getPath(), query);
    }

    private void closePanel() {
        UI.getCurrent().navigate(UI.getCurrent().getActiveViewLocation().getPath());
    }

    private void focusCreate() {
        (bar.isVisible() ? create : createFirst).focus();
    }

    private void stateChanged(long link) {
        table.stateChanged(link);
    }

    private void refresh() {
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
        return event.source().startsWith("/1.0/cluster/links") || event.source().startsWith("/1.0/auth/");
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
        table.show(links);
        search(search.getValue().strip());
    }

    private void search(String words) {
        int found = table.search(words);
        boolean nothing = bar.isVisible() && found == 0;
        table.setVisible(bar.isVisible() && !nothing);
        noneFound.setVisible(nothing);
        noneFound.removeAll();
        if (nothing) {
            Button clear = new Button(Texts.of("search.clear"), click -> search.clear());
            clear.addThemeNames("small");
            noneFound.add(new Span(Texts.of("links.none-found", words)), clear);
        }
    }
}
