package dev.linkspan.ui.group;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.LiveChoices;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The identity provider's groups whose members are in a group. */
class ProviderGroupsEditor extends Div {
    private final GroupTools tools;
    private final GroupDraft draft;
    private final ComboBox<String> box = new ComboBox<>();
    private final LiveChoices choices = new LiveChoices(box, this::offer);
    private final UnorderedList list = new UnorderedList();
    private final Paragraph none;
    private Map<String, IdentityProviderGroup> known = Map.of();

    ProviderGroupsEditor(GroupTools tools, GroupDraft draft) {
        this.tools = tools;
        this.draft = draft;
        addClassNames("ls-stack", "ls-tight");
        box.setAriaLabel(Texts.of("provider-groups.map"));
        box.setPlaceholder(Texts.of("provider-groups.map"));
        box.setWidthFull();
        box.addValueChangeListener(change -> {
            if (change.getValue() != null) {
                box.clear();
                draft.toggleProviderGroup(change.getValue());
                offer();
            }
        });
        boolean seesAll = tools.access().allowed(tools.me().get(), "can_view_identity_provider_groups");
        none = new Paragraph(
                Texts.of(seesAll ? "provider-groups.of-group.none" : "provider-groups.of-group.none.partly"));
        none.addClassName("ls-muted");
        list.addClassNames("ls-list", "ls-provider-groups");
        add(box, none, list);
        draft.onChange(this::show);
        refresh();
    }

    /** Reads anew which groups of the provider there are. */
    final void refresh() {
        Map<String, IdentityProviderGroup> all = new HashMap<>();
        tools.providerGroups().list(tools.me().get()).forEach(group -> all.put(group.name(), group));
        known = all;
        show();
    }

    private void offer() {
        List<String> offered = known.keySet().stream()
                .filter(name -> !draft.providerGroups().has(name) && refusal(name) == null)
                .sorted()
                .toList();
        box.setItems(offered);
        box.setVisible(!offered.isEmpty());
    }

    private void show() {
        choices.renew();
        List<String> all = draft.providerGroups().all().stream().sorted().toList();
        list.removeAll();
        all.forEach(name -> list.add(item(name)));
        list.setVisible(!all.isEmpty());
        none.setVisible(all.isEmpty());
    }

    private ListItem item(String name) {
        boolean removed = draft.providerGroups().isRemoved(name);
        Span text = new Span(name);
        text.addClassName("ls-cut");
        text.setTitle(name);
        Span line = new Span(text);
        line.addClassNames("ls-row", "ls-grow");
        if (removed || draft.providerGroups().isAdded(name)) {
            String mark = removed ? "removed" : "added";
            text.addClassName(mark);
            Span chip = new Span(Texts.of("permissions." + mark));
            chip.addClassNames("ls-chip", mark);
            line.add(chip);
        }
        ActionButton toggle = ActionButton.icon(
                        Texts.of(removed ? "members.restore" : "members.remove", name),
                        removed ? "undo-2" : "x",
                        () -> draft.toggleProviderGroup(name))
                .look("small")
                .refuse(refusal(name));
        Symbol symbol = new Symbol("id-card");
        symbol.addClassName("ls-muted");
        ListItem item = new ListItem(symbol, line, toggle);
        item.addClassName("ls-row");
        return item;
    }

    private String refusal(String name) {
        IdentityProviderGroup group = known.get(name);
        boolean allowed = group != null && tools.access().allowed(tools.me().get(), group.reference(), "can_edit");
        return allowed ? null : Texts.of("provider-group.refused.can_edit");
    }
}
