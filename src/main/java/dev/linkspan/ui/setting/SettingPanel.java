package dev.linkspan.ui.setting;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.member.Setting;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.KeptChoice;
import dev.linkspan.ui.shared.NoLongerAllowed;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;

/** Changes one setting. What somebody else sets meanwhile is said and kept until one saves; one's own input stays. */
class SettingPanel extends SidePanel {
    private static final int CHANGED_MEANWHILE = 412;

    private final SettingTools tools;
    private final NoLongerAllowed taken = new NoLongerAllowed();
    private final TextFieldBase<?, String> value;
    private final Div meanwhile = new Div();
    private final KeptChoice<String> ground = new KeptChoice<>(meanwhile, new TypeReference<>() {}, this::sayChanged);
    private final Div facts = new Div();
    private final ActionButton save = new ActionButton("", this::save).look("primary");
    private final ActionButton reset = new ActionButton(Texts.of("setting.reset"), "undo-2", this::reset);
    private Setting seen;
    private String refusal;

    SettingPanel(SettingTools tools, Setting setting, Runnable onClose) {
        super(setting.key(), onClose);
        this.tools = tools;
        seen = setting;
        value = setting.secret() ? secretField() : new TextField();
        prepareValue();
        meanwhile.getElement().setAttribute("aria-live", "polite");
        meanwhile.addClassNames("ls-meanwhile", "ls-when-any");
        settle();
        addToBody(taken, meanwhile, new Paragraph(SettingWords.about(setting.key())), value, facts);
        reset.look("tertiary");
        reset.addClassName("ls-start");
        addToFoot(reset, new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), save);
        submitOnEnter(this::save, value);
        followRights();
        showFacts();
    }

    /** What the caller may do can change while the panel is open. */
    private void followRights() {
        refusal = seen.fixed() ? Texts.of("setting.fixed.refused") : tools.refusal();
        value.setReadOnly(refusal != null);
        taken.show(refusal);
        showSave();
    }

    private static PasswordField secretField() {
        PasswordField field = new PasswordField();
        field.setRevealButtonVisible(false);
        return field;
    }

    private void prepareValue() {
        value.setLabel(Texts.of(seen.secret() ? "setting.value.secret" : "setting.value"));
        value.setWidthFull();
        value.setHelperText(SettingWords.help(seen.key()));
        value.setPlaceholder(seen.secret() && seen.set() ? Texts.of("setting.secret.kept") : placeholder());
        value.setValueChangeMode(ValueChangeMode.EAGER);
        value.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        value.setValue(seen.value());
        value.addValueChangeListener(change -> {
            value.setInvalid(false);
            showSave();
        });
        value.addBlurListener(blur -> check());
    }

    private String placeholder() {
        return seen.standard().isEmpty() ? "" : Texts.of("setting.placeholder", seen.standard());
    }

    @Override
    protected Focusable<?> firstField() {
        return value;
    }

    /** Shows the setting as it is by now, and says so when somebody else has changed it. */
    void refresh(List<Setting> all) {
        followRights();
        if (taken.isVisible()) {
            return;
        }
        Setting now = all.stream()
                .filter(setting -> setting.key().equals(seen.key()))
                .findFirst()
                .orElse(null);
        if (now == null && refusal == null) {
            now = tools.settings().get(tools.me().get(), seen.key());
        } else if (now == null) {
            now = new Setting(
                    seen.key(), "", seen.standard(), false, seen.secret(), seen.ofMember(), false, null, "", "", "");
        }
        boolean changed = !now.value().equals(seen.value()) || !Objects.equals(now.changedAt(), seen.changedAt());
        if (!changed) {
            return;
        }
        boolean typed = !value.getValue().equals(seen.value());
        seen = now;
        if (!typed) {
            value.setValue(now.value());
        }
        sayMeanwhile(!value.getValue().equals(now.value()));
        showFacts();
        showSave();
    }

    /** What there is by now is what one goes from, also when the page has to be loaded anew. */
    private void settle() {
        meanwhile.removeAll();
        ground.keep(lastChange());
    }

    private String lastChange() {
        return String.valueOf(seen.changedAt());
    }

    private void sayChanged(String before) {
        if (!before.equals(lastChange()) && !value.getValue().equals(seen.value())) {
            ground.keep(before);
            sayMeanwhile(true);
        }
    }

    private void sayMeanwhile(boolean ownInput) {
        String who = seen.changedAt() == null ? Texts.of("actor.somebody") : SettingWords.who(seen, tools.known());
        List<Component> lines = new ArrayList<>();
        lines.add(new Div(new Sentence("setting.meanwhile", who, seen.key(), SettingWords.value(seen))));
        if (ownInput) {
            lines.add(new Div(Texts.of("setting.meanwhile.kept")));
            lines.add(choice());
        }
        meanwhile.removeAll();
        meanwhile.add(new Notice(Tone.CAUTION, "users-round", lines.toArray(new Component[0])));
    }

    private Div choice() {
        Div choice = new Div(
                new ActionButton(Texts.of("meanwhile.take-theirs"), this::takeTheirs).look("small"),
                new ActionButton(Texts.of("meanwhile.keep-mine"), this::settle).look("small"));
        choice.addClassNames("ls-row", "ls-wrap");
        return choice;
    }

    private void takeTheirs() {
        value.setValue(seen.value());
        settle();
        value.focus();
    }

    private void showFacts() {
        Times times = Times.of(UI.getCurrent());
        Facts list = new Facts().with("setting.in-force", fact(SettingWords.value(seen), SettingWords.look(seen)));
        if (!seen.fixed()) {
            String look = seen.standard().isEmpty() ? "" : "ls-mono";
            list.with("setting.default", fact(SettingWords.standard(seen), look));
        }
        if (seen.ofMember()) {
            list.with("setting.scope", Texts.of("setting.of-member"));
        }
        if (refusal == null || seen.changedAt() != null) {
            KnownIdentities known = tools.known();
            list.with(
                    "setting.changed",
                    seen.changedAt() == null
                            ? SettingWords.never(seen)
                            : Texts.of(
                                    "setting.changed.by",
                                    SettingWords.who(seen, known),
                                    times.exactly(seen.changedAt()),
                                    times.ago(seen.changedAt())));
        }
        facts.removeAll();
        facts.add(list);
    }

    private static Span fact(String text, String look) {
        Span fact = new Span(text);
        fact.setClassName(look);
        return fact;
    }

    private void showSave() {
        boolean same = value.getValue().equals(seen.value());
        save.setText(Texts.of("setting.save"));
        save.refuse(refusal != null ? refusal : same ? Texts.of("setting.save.nothing") : null);
        reset.setText(Texts.of(seen.standard().isEmpty() ? "setting.remove" : "setting.reset"));
        reset.refuse(refusal != null ? refusal : seen.atStandard() ? Texts.of("setting.reset.nothing") : null);
    }

    private void save() {
        if (refusal == null && !value.getValue().equals(seen.value())) {
            change(value.getValue(), "setting.saved");
        }
    }

    private void check() {
        if (refusal == null && !value.getValue().equals(seen.value())) {
            try {
                tools.settings().check(tools.me().get(), seen.key(), value.getValue());
            } catch (ProblemException e) {
                refuse(e);
            }
        }
    }

    private void refuse(ProblemException e) {
        value.setErrorMessage(SettingWords.refusal(e));
        value.setInvalid(true);
    }

    private void reset() {
        if (refusal == null && !seen.atStandard()) {
            change(seen.reset(), seen.standard().isEmpty() ? "setting.removed" : "setting.was-reset");
        }
    }

    private void change(String wanted, String said) {
        clearProblem();
        try {
            tools.settings().change(tools.me().get(), seen.key(), wanted, seen);
            Toast.done(new Sentence(said, seen.key()));
            close();
        } catch (ProblemException e) {
            if (e.status() == CHANGED_MEANWHILE) {
                refresh(tools.settings().list(tools.me().get()));
            } else {
                refuse(e);
                value.focus();
            }
        }
    }
}
