package dev.linkspan.ui.access;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PageTabs;
import dev.linkspan.ui.shared.Texts;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Explains rights: what an identity may do, who may do something, why something was refused. */
@Route("permissions/access")
public class EffectiveAccessView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    static final String REFUSED = "refused";

    /** Refusals are no events. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String SHOW = "show";
    private static final String IDENTITY = "identity";
    private static final String WHO = "who";

    private final Map<String, AccessTab> tabs = new LinkedHashMap<>();
    private final Map<String, Tab> heads = new LinkedHashMap<>();
    private final Tabs bar = new PageTabs(Texts.of("access.title"));
    private final Div content = new Div();
    /** What was asked last in each tab, to which one comes back. */
    private final Map<String, Map<String, String>> asked = new HashMap<>();

    private String shown = "";

    EffectiveAccessView(AccessTools tools, Live live) {
        addClassName("ls-view");
        content.addClassName("ls-view");
        Span count = new Span();
        count.addClassName("ls-count");
        tabs.put(IDENTITY, new IdentityAccess(tools, question -> go(IDENTITY, question)));
        tabs.put(WHO, new HolderAccess(tools, question -> go(WHO, question)));
        RefusedAccess refused = new RefusedAccess(
                tools, question -> go(REFUSED, question), number -> count.setText(Texts.of("count", number)));
        tabs.put(REFUSED, refused);
        refused.refresh();
        live.repeat(this, PAUSE, refused::look);
        tabs.keySet().forEach(name -> {
            Tab head = new Tab(new Span(Texts.of("access.tab." + name)));
            if (name.equals(REFUSED)) {
                head.add(count);
            }
            heads.put(name, head);
            bar.add(head);
        });
        bar.addSelectedChangeListener(change -> {
            if (change.isFromClient()) {
                heads.forEach((name, head) -> {
                    if (head == change.getSelectedTab()) {
                        go(name, asked.getOrDefault(name, Map.of()));
                    }
                });
            }
        });
        add(new PageHead(Texts.of("access.title"), Texts.of("access.explanation")), bar, content);
        live.refresh(this, event -> Live.trust(event) || Live.resources(event), () -> tabs.get(shown)
                .refresh());
    }

    /** A link to what that identity may do. */
    public static RouterLink linkTo(EntityUrl identity, String text) {
        RouterLink link = new RouterLink(text, EffectiveAccessView.class);
        link.setQueryParameters(query(IDENTITY, Map.of(IdentityAccess.IDENTITY, identity.toString())));
        return link;
    }

    /** The query of a question. */
    static QueryParameters query(String tab, Map<String, String> question) {
        Map<String, String> all = new TreeMap<>(question);
        all.put(SHOW, tab);
        return QueryParameters.simple(all);
    }

    private static void go(String tab, Map<String, String> question) {
        UI.getCurrent().navigate(EffectiveAccessView.class, query(tab, question));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        String wanted =
                parameters.getSingleParameter(SHOW).filter(tabs::containsKey).orElse(IDENTITY);
        Map<String, String> question = new TreeMap<>();
        parameters.getParameters().forEach((name, values) -> question.put(name, values.getFirst()));
        question.remove(SHOW);
        asked.put(wanted, question);
        tabs.get(wanted).show(question);
        if (!wanted.equals(shown)) {
            shown = wanted;
            content.removeAll();
            content.add(tabs.get(wanted));
            bar.setSelectedTab(heads.get(wanted));
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("access.title"));
    }
}
