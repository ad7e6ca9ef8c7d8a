package dev.linkspan.ui.setting;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.member.Setting;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Rows;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The table of settings. Columns for which the page is too narrow are hidden. */
class SettingsTable extends Grid<Setting> {
    private static final int MIDDLE = 42;
    private static final String VALUE = """
            <span class="ls-name ls-setting-value ${item.look}" title="${item.value}">${item.value}</span>
            ${item.scope ? html`<span class="ls-under">${item.scope}</span>` : ''}""";

    private final Rows<Setting> rows = new Rows<>(Setting::key, Map.of());

    SettingsTable(
            Supplier<KnownIdentities> known,
            ValueProvider<Setting, String> address,
            ValueProvider<Setting, List<RowAction>> actions) {
        addClassNames("ls-two-lines", "ls-whole");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("settings.table"));
        addColumn(Cells.twoLines(address, Setting::key, setting -> SettingWords.about(setting.key())))
                .setHeader(Texts.of("settings.column.key"))
                .setRowHeader(true)
                .setFlexGrow(2)
                .setWidth("9rem");
        addColumn(LitRenderer.<Setting>of(VALUE)
                        .withProperty("look", SettingWords::look)
                        .withProperty("value", SettingWords::value)
                        .withProperty("scope", SettingWords::scope))
                .setHeader(Texts.of("settings.column.value"))
                .setFlexGrow(1)
                .setWidth("7rem");
        Column<Setting> changed = addColumn(LitRenderer.<Setting>of(VALUE)
                        .withProperty("look", setting -> setting.changedAt() == null ? "ls-muted" : "")
                        .withProperty("value", setting -> SettingWords.when(setting, Times.of(UI.getCurrent())))
                        .withProperty("scope", setting -> SettingWords.who(setting, known.get())))
                .setHeader(Texts.of("settings.column.changed"))
                .setFlexGrow(0)
                .setWidth("13rem");
        Cells.actionsColumn(this, "4rem", setting -> Texts.of("settings.more", setting.key()), actions);
        FitColumns.from(changed, MIDDLE);
        setPartNameGenerator(rows::part);
        setDataProvider(rows);
    }

    Rows<Setting> rows() {
        return rows;
    }
}
