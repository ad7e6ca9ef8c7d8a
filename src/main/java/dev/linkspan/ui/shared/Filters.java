package dev.linkspan.ui.shared;

import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.HasMenuItems;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Narrows a list by fixed values: a menu for each filter, and what is set as chips that can be removed. Where there is
 * no room for the menus one button has them all.
 */
public class Filters extends Div {
    private final Runnable changed;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Div chips = new Div();
    private final ActionButton all = new ActionButton("", "list-filter", () -> {}).look("icon");
    private final ContextMenu allMenu = menu(all);

    private enum Place {
        BUTTON,
        ELSEWHERE,
        NOWHERE
    }

    private record Filter(String label, Map<String, String> options, Place place) {}

    /** No filters yet; {@code changed} runs whenever somebody sets or removes one. */
    public Filters(Runnable changed) {
        this.changed = changed;
        addClassNames("ls-filters", "ls-row");
        chips.addClassNames("ls-filter-chips", "ls-row");
        all.addClassName("ls-filters-all");
        all.setAriaLabel(Texts.of("filters.all"));
        all.getElement().setAttribute("title", Texts.of("filters.all"));
        add(chips, all);
    }

    /** Adds a filter by its parameter in the address and the texts of its values. */
    public Filters with(String parameter, String label, Map<String, String> options) {
        filters.put(parameter, new Filter(label, options, Place.BUTTON));
        ActionButton button = new ActionButton(label, () -> {});
        button.setSuffixComponent(new Symbol("chevron-down"));
        button.addClassName("ls-filter");
        addOptions(menu(button), parameter, options);
        addOptions(allMenu.addItem(label).getSubMenu(), parameter, options);
        int buttons = (int) filters.values().stream()
                .filter(filter -> filter.place() == Place.BUTTON)
                .count();
        getElement().insertChild(buttons - 1, button.getElement());
        return this;
    }

    /** Adds a filter that has another control where there is room, and stands in the menu of all where there is none. */
    public Filters inMenu(String parameter, String label, Map<String, String> options) {
        return withoutButton(parameter, label, options, Place.ELSEWHERE);
    }

    /** Adds a filter that addresses set; where there is no room for menus it stands in the menu of all. */
    public Filters withoutButton(String parameter, String label, Map<String, String> options) {
        return withoutButton(parameter, label, options, Place.NOWHERE);
    }

    private Filters withoutButton(String parameter, String label, Map<String, String> options, Place place) {
        filters.put(parameter, new Filter(label, options, place));
        addOptions(allMenu.addItem(label).getSubMenu(), parameter, options);
        return this;
    }

    private static ContextMenu menu(ActionButton button) {
        ContextMenu menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        button.getElement().setAttribute("aria-haspopup", "menu");
        return menu;
    }

    private void addOptions(HasMenuItems menu, String parameter, Map<String, String> options) {
        options.forEach((value, text) -> menu.addItem(text, click -> choose(parameter, value)));
    }

    private void choose(String parameter, String value) {
        set(parameter, value);
        changed.run();
    }

    /** The value of a filter; empty when it isn't set. */
    public String value(String parameter) {
        return values.getOrDefault(parameter, "");
    }

    /** What is set, by parameter. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Sets a filter without telling anybody; an unknown value removes it. */
    public void set(String parameter, String value) {
        if (filters.get(parameter).options().containsKey(value)) {
            values.put(parameter, value);
        } else {
            values.remove(parameter);
        }
        chips.removeAll();
        values.forEach((name, chosen) -> chips.add(chip(name, filters.get(name), chosen)));
    }

    /** Removes all filters without telling anybody. */
    public void clear() {
        values.clear();
        chips.removeAll();
    }

    private Span chip(String parameter, Filter filter, String value) {
        String text = Texts.of("filters.chip", filter.label(), filter.options().get(value));
        Span name = new Span(text);
        ActionButton remove = ActionButton.icon(Texts.of("filters.remove", text), "x", () -> choose(parameter, ""));
        Span chip = new Span(name, remove.look("small"));
        chip.addClassNames("ls-chip", "ls-filter-chip");
        if (filter.place() == Place.ELSEWHERE) {
            chip.addClassName("ls-filter-in-menu");
        }
        return chip;
    }
}
