package dev.linkspan.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import dev.linkspan.ui.shared.Assets;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Theme;
import org.springframework.stereotype.Component;

/** The page around every view: style sheets, colour scheme, push, icon. */
@Component
@Push(transport = Transport.WEBSOCKET_XHR)
@ColorScheme(ColorScheme.Value.LIGHT_DARK)
@Viewport("width=device-width, initial-scale=1")
@StyleSheet("themes/linkspan/tokens.css")
@StyleSheet("themes/linkspan/theme.css")
public class ConsoleShell implements AppShellConfigurator {
    /** Lets refused buttons have the focus and show their title, which says what is missing. */
    private static final String ACCESSIBLE_DISABLED_BUTTONS =
            "((window.Vaadin ??= {}).featureFlags ??= {}).accessibleDisabledButtons = true;";

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle(Texts.of("product"));
        settings.addLink("icon", "/" + Assets.versioned("themes/linkspan/favicon.svg"));
        settings.addInlineWithContents(
                Inline.Position.PREPEND,
                ACCESSIBLE_DISABLED_BUTTONS
                        + Theme.of(settings.getRequest()).bootstrapScript()
                        + SidebarWidth.of(settings.getRequest()).bootstrapScript(),
                Inline.Wrapping.JAVASCRIPT);
    }
}
