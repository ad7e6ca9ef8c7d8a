package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.link.DialedAddress;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.cluster.DialedAddresses;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.time.Duration;
import java.util.List;

/** How clusters are linked, with how far this one is: each step with what that rests on and what to do next. */
@Route(GettingStartedView.PATH)
public class GettingStartedView extends Div implements HasDynamicTitle {
    public static final String PATH = "getting-started";
    private static final Duration TICK = Duration.ofSeconds(30);

    private final LinkTools tools;
    private final Div problem = new Div();
    private final HowTo before = new HowTo("start.before");
    private final HowTo bothWays = new HowTo("start.both");
    private final HowTo called = new HowTo("start.called");
    private final HowTo calling = new HowTo("start.calling");
    private final HowTo open = new HowTo("start.public");
    private List<DialedAddress> dialed;

    GettingStartedView(LinkTools tools, Live live) {
        this.tools = tools;
        addClassName("ls-view");
        Div sheet = new Div(before, bothWays, called, calling, open);
        sheet.addClassNames("ls-stack", "ls-loose", "ls-sheet");
        Div scroll = new Div(sheet);
        scroll.addClassName("ls-scroll");
        if (tools.access().allowed(tools.me().get(), "can_create_cluster_links")) {
            DialedAddresses addresses =
                    new DialedAddresses(tools.addresses(), tools.background(), tools.me()).withoutCommand();
            addresses.onDialed(answers -> {
                dialed = answers;
                refresh();
            });
            before.detail(0, addresses);
        }
        add(new PageHead(Texts.of("start.title"), Texts.of("start.explanation")), problem, scroll);
        live.refresh(
                this,
                event -> event.source().startsWith("/1.0/cluster/links")
                        || event.source().startsWith("/1.0/auth/"),
                this::refresh);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
        Registration ticking = tools.background().every(TICK, this, this::refresh);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
    }

    private void refresh() {
        problem.removeAll();
        try {
            LinkingSteps steps = new LinkingSteps(tools, Times.of(UI.getCurrent()));
            boolean led = before.show(steps.before(dialed), steps.us(), true);
            led |= bothWays.show(steps.bothWays(), steps.us(), !led);
            led |= called.show(steps.called(), steps.us(), !led);
            led |= calling.show(steps.calling(), steps.us(), !led);
            open.show(steps.open(), steps.us(), !led);
        } catch (ProblemException e) {
            Notice notice = Notice.problem(Texts.of("start.failed"), e.getMessage());
            notice.addClassName("ls-page-notice");
            problem.add(notice);
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("start.title"));
    }
}
