package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.group.GroupsView;
import dev.linkspan.ui.shared.EmptyState;
import dev.linkspan.ui.shared.Texts;

/** What stands in place of the table while there is no link: what a link is, and the two ways to the first one. */
class NoLinks extends EmptyState {
    NoLinks(boolean seesAll, Component create, Component paste) {
        super(
                Texts.of(seesAll ? "links.empty.title" : "links.empty.title.partly"),
                new Paragraph(Texts.of("links.empty.text")));
        way(
                new Svg(TypeGlyph.of(LinkType.BIDIRECTIONAL)),
                Texts.of("links.empty.start"),
                new Span(Texts.of("links.empty.start.text")),
                create);
        way(
                new Svg(TypeGlyph.RECEIVED),
                Texts.of("links.empty.token"),
                new Span(Texts.of("links.empty.token.text")),
                paste);
        command(Texts.of("links.empty.command"), Texts.of("links.empty.command.text"));
        more(
                new RouterLink(Texts.of("links.empty.how"), GettingStartedView.class),
                new Span(" · "),
                new RouterLink(Texts.of("links.empty.groups"), GroupsView.class));
    }
}
