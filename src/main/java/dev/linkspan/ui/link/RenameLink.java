package dev.linkspan.ui.link;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.function.Consumer;

/** Gives a link another name on this side; the other side's name for it stays. */
class RenameLink extends Dialog {
    private final LinkTools tools;
    private final String before;
    private final Consumer<String> renamed;
    private final TextField name = new TextField(Texts.of("create-link.name"));

    /** A dialog for that link; {@code renamed} gets the new name. */
    RenameLink(LinkTools tools, String before, Consumer<String> renamed) {
        this.tools = tools;
        this.before = before;
        this.renamed = renamed;
        setHeaderTitle(Texts.of("links.rename.title", before));
        addClassName("ls-question");
        setWidth("30rem");
        setMaxWidth("100%");
        name.setWidthFull();
        name.setValue(before);
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        name.addValueChangeListener(change -> name.setInvalid(false));
        name.addKeyPressListener(Key.ENTER, key -> rename());
        Div body = new Div(name, new Paragraph(new Sentence("links.rename.text")));
        body.addClassName("ls-stack");
        add(body);
        getFooter()
                .add(
                        new Button(Texts.of("confirm.cancel"), click -> close()),
                        new ActionButton(Texts.of("links.rename.submit"), this::rename).look("primary"));
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                name.focus();
                name.getElement().executeJs("this.inputElement.select()");
            }
        });
    }

    private void rename() {
        try {
            tools.links().rename(tools.me().get(), before, name.getValue());
        } catch (ProblemException e) {
            name.setErrorMessage(e.getMessage());
            name.setInvalid(true);
            name.focus();
            return;
        }
        close();
        if (!name.getValue().equals(before)) {
            Toast.done(new Sentence("links.renamed", before, name.getValue()));
            renamed.accept(name.getValue());
        }
    }
}
