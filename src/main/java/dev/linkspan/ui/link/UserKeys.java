package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.KeptChoice;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/** The keys of a link's configuration that are one's own, with their values. */
class UserKeys extends Div {
    static final String PREFIX = "user.";

    private final Runnable changed;
    private final Runnable submit;
    private final Div list = new Div();
    private final List<Row> rows = new ArrayList<>();
    private final KeptChoice<List<Entry>> kept = new KeptChoice<>(this, new TypeReference<>() {}, this::takeBack);
    private List<Entry> shown = List.of();

    /** What stands in a row. */
    record Entry(String key, String value) {}

    /**
     * None so far.
     *
     * @param submit what Enter does in a field
     */
    UserKeys(Runnable changed, Runnable submit) {
        this.changed = changed;
        this.submit = submit;
        Span label = new Span(Texts.of("edit-link.keys"));
        label.addClassName("ls-label");
        Paragraph help = new Paragraph(Texts.of("edit-link.keys.help"));
        help.addClassName("ls-help");
        list.addClassNames("ls-stack", "ls-tight");
        ActionButton add = new ActionButton(Texts.of("edit-link.keys.add"), "plus", this::addEmpty).look("small");
        Div buttons = new Div(add);
        addClassName("ls-field");
        add(label, help, list, buttons);
    }

    /** Shows these instead of what there was. */
    void show(Map<String, String> config) {
        shown = new TreeMap<>(config)
                .entrySet().stream()
                        .map(entry -> new Entry(entry.getKey().substring(PREFIX.length()), entry.getValue()))
                        .toList();
        show(shown);
        keep();
    }

    private void show(List<Entry> entries) {
        rows.clear();
        list.removeAll();
        entries.forEach(entry -> addRow(entry.key(), entry.value()));
    }

    private void takeBack(List<Entry> entries) {
        show(entries);
        tell();
    }

    private void tell() {
        keep();
        changed.run();
    }

    private void keep() {
        List<Entry> now = rows.stream().map(Row::entry).toList();
        kept.keep(now.equals(shown) ? null : now);
    }

    private void addEmpty() {
        addRow("", "").key.focus();
        keep();
    }

    private Row addRow(String key, String value) {
        Row row = new Row(key, value);
        rows.add(row);
        list.add(row);
        return row;
    }

    /** All keys that have a name, with their prefix. */
    SortedMap<String, String> value() {
        SortedMap<String, String> config = new TreeMap<>();
        rows.stream()
                .filter(row -> !row.key().isEmpty() && !row.value.isEmpty())
                .forEach(row -> config.put(PREFIX + row.key(), row.value.getValue()));
        return config;
    }

    /** Whether the keys can be saved; says why not and goes there when they can't. */
    boolean check() {
        Row wrong = null;
        List<String> seen = new ArrayList<>();
        for (Row row : rows) {
            String error = row.error(seen);
            seen.add(row.key());
            row.key.setErrorMessage(error);
            row.key.setInvalid(error != null);
            wrong = wrong == null && error != null ? row : wrong;
        }
        if (wrong != null) {
            wrong.key.focus();
        }
        return wrong == null;
    }

    void setReadOnly(boolean readOnly) {
        setEnabled(!readOnly);
    }

    private class Row extends Div {
        private final TextField key = new TextField();
        private final TextField value = new TextField();

        Row(String name, String text) {
            key.setAriaLabel(Texts.of("edit-link.key"));
            key.setPrefixComponent(new Span(PREFIX));
            key.setValue(name);
            key.setValueChangeMode(ValueChangeMode.LAZY);
            key.addValueChangeListener(change -> {
                key.setInvalid(false);
                tell();
            });
            value.setAriaLabel(Texts.of("edit-link.value"));
            value.setPlaceholder(Texts.of("edit-link.value"));
            value.setValue(text);
            value.setValueChangeMode(ValueChangeMode.LAZY);
            value.addValueChangeListener(change -> tell());
            ActionButton remove = ActionButton.icon(Texts.of("edit-link.keys.remove"), "trash-2", this::remove);
            addClassName("ls-key-value");
            SidePanel.submitOnEnter(submit, key, value);
            add(key, value, remove);
        }

        private Entry entry() {
            return new Entry(key.getValue(), value.getValue());
        }

        private String key() {
            return key.getValue().strip();
        }

        private String error(List<String> seen) {
            if (key().isEmpty()) {
                return value.isEmpty() ? null : Texts.of("edit-link.key.required");
            }
            return seen.contains(key()) ? Texts.of("edit-link.key.twice") : null;
        }

        private void remove() {
            rows.remove(this);
            list.remove(this);
            tell();
        }
    }
}
