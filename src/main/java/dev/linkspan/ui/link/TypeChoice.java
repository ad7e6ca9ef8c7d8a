package dev.linkspan.ui.link;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.Texts;

/** Chooses the type of a link; below it stands who may then call whom. */
class TypeChoice extends RadioButtonGroup<LinkType> {
    TypeChoice() {
        setLabel(Texts.of("create-link.type"));
        setItems(LinkType.values());
        setRenderer(new ComponentRenderer<>(type -> {
            Span word = new Span(Texts.of("link.type." + type.wireName()));
            Span choice = new Span(new Svg(TypeGlyph.of(type)), word);
            choice.addClassName("ls-type");
            return choice;
        }));
        addClassName("ls-type-choice");
        addValueChangeListener(change -> explain());
    }

    private void explain() {
        setHelperText(Texts.of("create-link.type." + getValue().wireName()));
    }
}
