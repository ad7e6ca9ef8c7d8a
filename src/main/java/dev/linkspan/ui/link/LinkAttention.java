package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.ui.shared.EntryCount;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.time.Instant;
import java.util.function.Consumer;
import org.springframework.context.annotation.Scope;

/** How many links need attention, beside the entry that leads to them. */
@SpringComponent
@Scope("prototype")
public class LinkAttention extends EntryCount {
    private final LinkTools tools;
    private final Span number = new Span();
    private final Span words = new Span();
    private Consumer<String> elsewhere = said -> {};

    LinkAttention(LinkTools tools, LiveFeed feed) {
        super(tools.background(), feed, tools.me(), "links.attention");
        this.tools = tools;
        addClassName("ls-attention");
        words.addClassName("ls-unseen");
        add(new Symbol("triangle-alert"), number, words);
    }

    /** Says it also where the entry isn't seen; with nothing while no link needs attention. */
    public void sayAlso(Consumer<String> place) {
        elsewhere = place;
    }

    @Override
    protected boolean concerns(LifecycleEvent event) {
        return event.source().startsWith("/1.0/cluster/links");
    }

    @Override
    protected int count(Caller caller) {
        Instant now = Instant.now();
        return (int) LinkLine.all(tools, caller).stream()
                .filter(line -> LinkStatus.part(line, now) == LinkStatus.Part.ATTENTION)
                .count();
    }

    @Override
    protected void show(int links) {
        number.setText(Texts.of("count", links));
        words.setText(Texts.of("links.attention", links));
        elsewhere.accept(links == 0 ? "" : words.getText());
    }
}
