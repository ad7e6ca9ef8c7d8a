package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.group.GroupsView;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Texts;

/** What stands in place of the table while there is no link: what a link is, and the two ways to the first one. */
class NoLinks extends Div {
    NoLinks(boolean seesAll, Component create, Component paste) {
        addClassName("ls-scroll");
        Span label = new Span(Texts.of("links.empty.command"));
        label.addClassName("ls-label");
        String command = Texts.of("links.empty.command.text");
        Div field = new Div(label, new CopyField(Texts.of("copy.command")).command(command));
        field.addClassName("ls-field");
        OrderedList ways = new OrderedList(
                way(TypeGlyph.of(LinkType.BIDIRECTIONAL), "links.empty.start", create),
                way(TypeGlyph.RECEIVED, "links.empty.token", paste));
        ways.addClassName("ls-ways");
        Paragraph more = new Paragraph(
                new RouterLink(Texts.of("links.empty.how"), GettingStartedView.class),
                new Span(" · "),
                new RouterLink(Texts.of("links.empty.groups"), GroupsView.class));
        Div text = new Div(
                new H2(Texts.of(seesAll ? "links.empty.title" : "links.empty.title.partly")),
                new Paragraph(Texts.of("links.empty.text")),
                ways,
                field,
                more);
        text.addClassName("ls-blank");
        add(text);
    }

    private static ListItem way(String glyph, String key, Component button) {
        Paragraph text = new Paragraph(Texts.of(key + ".text"));
        text.addClassName("ls-muted");
        Span drawing = new Span(new Svg(glyph));
        return new ListItem(drawing, new Div(new H3(Texts.of(key)), text), button);
    }
}
