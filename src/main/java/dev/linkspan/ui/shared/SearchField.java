package dev.linkspan.ui.shared;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;

/** Searches the list below it while one types. */
public class SearchField extends TextField {
    private static final int PAUSE_IN_MILLISECONDS = 100;

    private boolean shown;

    public SearchField(String label, String placeholder, Consumer<String> search) {
        addClassName("ls-search");
        setAriaLabel(label);
        setPlaceholder(placeholder);
        setPrefixComponent(new Symbol("search"));
        setClearButtonVisible(true);
        setValueChangeMode(ValueChangeMode.LAZY);
        setValueChangeTimeout(PAUSE_IN_MILLISECONDS);
        getElement().setAttribute("spellcheck", "false");
        addValueChangeListener(change -> {
            if (!shown) {
                search.accept(change.getValue().strip());
            }
        });
    }

    /** Shows words that the page's address asks for, which is told already. */
    public void show(String words) {
        shown = true;
        setValue(words);
        shown = false;
    }

    /** Makes it the field that the key {@code /} leads to. */
    public SearchField reachedBySlash() {
        getElement().setAttribute("aria-keyshortcuts", "/");
        HtmlContainer key = new HtmlContainer("kbd");
        key.setText("/");
        key.getElement().setAttribute("aria-hidden", "true");
        setSuffixComponent(key);
        return this;
    }
}
