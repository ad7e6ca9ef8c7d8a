package dev.linkspan.ui.setting;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.member.Setting;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.NoLongerAllowed;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;

/** Makes a key of one's own, whose name begins with {@code user.}. */
class OwnKeyPanel extends SidePanel {
    private final SettingTools tools;
    private final TextField name = new TextField(Texts.of("setting.own.name"));
    private final NoLongerAllowed taken = new NoLongerAllowed();
    private final ActionButton submit = new ActionButton(Texts.of("setting.own.create"), this::create).look("primary");
    private final TextField value = new TextField(Texts.of("setting.value"));

    OwnKeyPanel(SettingTools tools, Runnable onClose) {
        super(Texts.of("setting.own.create"), onClose);
        this.tools = tools;
        name.setPrefixComponent(new Div(SettingWords.USER));
        for (TextField field : new TextField[] {name, value}) {
            field.setWidthFull();
            field.setValueChangeMode(ValueChangeMode.EAGER);
            field.addValueChangeListener(change -> field.setInvalid(false));
            field.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        }
        addToBody(taken, new Paragraph(Texts.of("setting.about-own")), name, value);
        addToFoot(new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::create, name, value);
        followRights();
        tools.live().refresh(this, Live::trust, this::followRights);
    }

    /** What the caller may do can change while the panel is open. */
    private void followRights() {
        submit.refuse(tools.refusal());
        taken.show(tools.refusal());
    }

    @Override
    protected Focusable<?> firstField() {
        return name;
    }

    private void create() {
        if (tools.refusal() != null || missing(name, "setting.own.name.required")) {
            return;
        }
        String key = SettingWords.USER + name.getValue();
        if (tools.settings().list(tools.me().get()).stream().map(Setting::key).anyMatch(key::equals)) {
            refuse(name, Texts.of("setting.own.name.taken"));
            return;
        }
        if (missing(value, "setting.own.value.required")) {
            return;
        }
        try {
            tools.settings().change(tools.me().get(), key, value.getValue(), null);
            Toast.done(new Sentence("setting.saved", key));
            close();
        } catch (ProblemException e) {
            refuse(name, e.getMessage());
        }
    }

    private static boolean missing(TextField field, String key) {
        if (!field.getValue().isBlank()) {
            return false;
        }
        refuse(field, Texts.of(key));
        return true;
    }

    private static void refuse(TextField field, String error) {
        field.setErrorMessage(error);
        field.setInvalid(true);
        field.focus();
    }
}
