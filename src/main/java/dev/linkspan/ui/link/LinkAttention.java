package dev.linkspan.ui.link;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Scope;

/** How many links need attention, beside the entry that leads to them. Counted in the background, once the page itself is there. */
@SpringComponent
@Scope("prototype")
public class LinkAttention extends Span {
    private static final Duration FIRST = Duration.ofMillis(700);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMinutes(1);

    private final LinkTools tools;
    private final LiveFeed feed;
    private final Span number = new Span();
    private final Span words = new Span();
    private volatile boolean waiting;

    LinkAttention(LinkTools tools, LiveFeed feed) {
        this.tools = tools;
        this.feed = feed;
        addClassNames("ls-attention", "ls-number");
        words.addClassName("ls-unseen");
        add(new Symbol("triangle-alert"), number, words);
        setVisible(false);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        UI page = attach.getUI();
        tools.background().after(FIRST, page, this::count);
        LiveFeed.Subscription subscription = feed.subscribe(event -> {
            if (event.source().startsWith("/1.0/cluster/links") && !waiting) {
                waiting = true;
                tools.background().after(PAUSE, page, this::count);
            }
        });
        Registration ticking = tools.background().every(TICK, this, this::count);
        addDetachListener(detach -> {
            detach.unregisterListener();
            subscription.cancel();
            ticking.remove();
        });
    }

    private void count() {
        waiting = false;
        tools.me().find().ifPresent(caller -> tools.background()
                .run(UI.getCurrent(), () -> attention(caller), this::show, problem -> show(0)));
    }

    private int attention(Caller caller) {
        Instant now = Instant.now();
        return (int) LinkLine.all(tools, caller).stream()
                .filter(line -> LinkStatus.part(line, now) == LinkStatus.Part.ATTENTION)
                .count();
    }

    private void show(int links) {
        setVisible(links > 0);
        number.setText(Texts.of("count", links));
        words.setText(Texts.of("links.attention", links));
        setTitle(Texts.of("links.attention", links));
    }
}
