package dev.linkspan.ui.link;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;

/** The two ends of a link and what joins them: who may call whom, and what that one may do there. */
class SpanDrawing extends Div {
    private static final String LINE = """
            <svg viewBox="0 0 400 16" preserveAspectRatio="none" aria-hidden="true"><path d="%s" \
            stroke="currentColor" stroke-width="2" vector-effect="non-scaling-stroke"%s/></svg>""";
    private static final String WHOLE = "M0 8H400";
    private static final String INTERRUPTED = "M0 8H188M188 3V13M212 3V13M212 8H400";
    private static final String DASHES = " stroke-dasharray=\"6 5\"";

    /**
     * The drawing of a link.
     *
     * @param peer what the peer calls itself, or what the link is called
     * @param here what the peer may do here
     */
    SpanDrawing(LinkLine line, String us, String peer, String here) {
        addClassName("ls-shore");
        String key = "link.span.label." + line.type().wireName();
        getElement().setAttribute("role", "group").setAttribute("aria-label", Texts.of(key, us, peer));
        Span above =
                line.type() == LinkType.BIDIRECTIONAL ? told(Texts.of("link.span.may-here", peer), here) : new Span();
        Span below = told(Texts.of("link.span.may-there", us), there(line));
        boolean interrupted = line.interrupted();
        Svg drawn = new Svg(LINE.formatted(interrupted ? INTERRUPTED : WHOLE, stroke(line)));
        Div way = new Div(above, drawn, below);
        way.addClassName("ls-way");
        way.setClassName("interrupted", interrupted);
        if (line.active() && line.type() == LinkType.BIDIRECTIONAL) {
            way.add(tip("chevron-left", "left"));
        }
        if (line.active()) {
            way.add(tip("chevron-right", "right"));
        }
        Div ours = end("ours", us, Texts.of("link.span.this-cluster"));
        ours.setClassName("unproved", line.type() == LinkType.PUBLIC);
        Div theirs = end("theirs", peer, what(line));
        theirs.setClassName("unproved", !line.active());
        add(ours, way, theirs);
    }

    /** Dots while nobody may call anybody, dashes for what is open to everybody. */
    private static String stroke(LinkLine line) {
        if (!line.active()) {
            return MapWay.DOTS;
        }
        return line.type() == LinkType.PUBLIC ? DASHES : "";
    }

    private static String there(LinkLine line) {
        if (line.type() == LinkType.PUBLIC) {
            return Texts.of("link.span.public");
        }
        return Texts.of(line.active() ? "link.span.not-reported" : "link.span.decided-there");
    }

    /** What the peer says that it is. */
    private static String what(LinkLine line) {
        if (!line.active()) {
            return Texts.of("link.span.nobody-yet");
        }
        LinkContact contact = line.contact();
        if (contact == null || contact.software() == null) {
            return Texts.of("link.span.linked-cluster");
        }
        return contact.members() == 0
                ? contact.software()
                : Texts.of("link.span.members", contact.software(), contact.members());
    }

    private static Span told(String who, String what) {
        Span muted = new Span(who + " ");
        muted.addClassName("ls-muted");
        Span told = new Span(muted, new Span(what));
        told.addClassName("ls-small");
        return told;
    }

    private static Symbol tip(String symbol, String side) {
        Symbol tip = new Symbol(symbol);
        tip.addClassNames("ls-tip", side);
        return tip;
    }

    private static Div end(String side, String name, String what) {
        Strong strong = new Strong(name);
        strong.addClassName("ls-cut");
        strong.getElement().setAttribute("title", name);
        Span small = new Span(what);
        small.addClassNames("ls-small", "ls-muted");
        Div end = new Div(strong, small);
        end.addClassNames("ls-shore-end", side);
        return end;
    }
}
