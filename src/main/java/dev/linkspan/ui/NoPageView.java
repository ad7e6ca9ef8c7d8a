package dev.linkspan.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLink;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

/** What stands at an address of the console that no page has. */
@ParentLayout(MainLayout.class)
public class NoPageView extends Div implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
    private final Div content = new Div();

    NoPageView() {
        addClassName("ls-view");
        content.addClassName("ls-blank");
        Div scroll = new Div(content);
        scroll.addClassName("ls-scroll");
        add(new PageHead(Texts.of("no-page"), Texts.of("no-page.explanation")), scroll);
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent enter, ErrorParameter<NotFoundException> problem) {
        content.removeAll();
        content.add(
                new Paragraph(new Sentence("no-page.text", enter.getLocation().getPath())),
                new RouterLink(Texts.of("no-page.start"), StartView.class));
        return HttpServletResponse.SC_NOT_FOUND;
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("no-page"));
    }
}
