package dev.linkspan.ui.identity;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.member.TokenExpiry;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Texts;

/** For how long a bearer token works: ten years, or as one writes. */
class ExpiryField extends Div {
    private enum Choice {
        DEFAULT,
        CUSTOM
    }

    private final RadioButtonGroup<Choice> choice = new RadioButtonGroup<>(Texts.of("expiry"));
    private final TextField custom = new TextField();

    ExpiryField() {
        addClassName("ls-field");
        choice.setItems(Choice.values());
        choice.setItemLabelGenerator(item -> Texts.of(item == Choice.DEFAULT ? "expiry.default" : "expiry.custom"));
        choice.setValue(Choice.DEFAULT);
        choice.addValueChangeListener(change -> showChoice());
        custom.setAriaLabel(Texts.of("expiry.value"));
        custom.setPlaceholder(Texts.of("expiry.placeholder"));
        custom.setHelperText(Texts.of("expiry.help"));
        custom.setWidthFull();
        custom.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        custom.addValueChangeListener(change -> custom.setInvalid(false));
        custom.addBlurListener(blur -> {
            if (!custom.isEmpty()) {
                check();
            }
        });
        custom.setVisible(false);
        add(choice, custom);
    }

    private void showChoice() {
        boolean own = choice.getValue() == Choice.CUSTOM;
        custom.setVisible(own);
        custom.setInvalid(false);
        if (own) {
            custom.focus();
        }
    }

    /** The expression; empty for the default. */
    String value() {
        return choice.getValue() == Choice.CUSTOM ? custom.getValue().strip() : "";
    }

    /** Whether it is one; says so at the field when it isn't. */
    boolean check() {
        if (choice.getValue() == Choice.DEFAULT) {
            return true;
        }
        try {
            TokenExpiry.parse(value());
            return true;
        } catch (ProblemException e) {
            custom.setErrorMessage(Texts.of("expiry.invalid"));
            custom.setInvalid(true);
            return false;
        }
    }

    void focus() {
        if (choice.getValue() == Choice.CUSTOM) {
            custom.focus();
        } else {
            choice.getElement()
                    .executeJs("setTimeout(() => this.querySelector('vaadin-radio-button[checked]').focus())");
        }
    }
}
