package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** The keys that the console listens to. */
public class KeyList extends Dialog {
    private static final List<String> ACTIONS =
            List.of("search", "create", "walk", "select", "range", "open", "edit", "leave", "undo", "redo", "list");

    private KeyList() {
        setHeaderTitle(Texts.of("keys.title"));
        DescriptionList list = new DescriptionList();
        list.addClassName("ls-keys");
        for (String action : ACTIONS) {
            list.add(new Term(keys(Texts.of("keys." + action + ".keys"))), new Description(Texts.of("keys." + action)));
        }
        add(list);
        getFooter().add(new ActionButton(Texts.of("keys.close"), this::close).look("primary"));
    }

    /** The keys of an action, one after the other. */
    private static Component[] keys(String keys) {
        return List.of(keys.split(" ")).stream().map(KeyList::key).toArray(Component[]::new);
    }

    private static Component key(String name) {
        HtmlContainer key = new HtmlContainer("kbd");
        key.setText(name);
        return key;
    }

    /** A button that opens the list, as the key {@code ?} does. */
    public static NativeButton button() {
        NativeButton button = new NativeButton("", click -> new KeyList().open());
        Component key = key("?");
        key.getElement().setAttribute("aria-hidden", "true");
        button.add(key, new Span(Texts.of("keys.title")));
        button.addClassName("ls-bar-button");
        button.getElement().setAttribute("type", "button").setAttribute("aria-keyshortcuts", "?");
        return button;
    }
}
