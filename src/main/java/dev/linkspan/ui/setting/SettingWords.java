package dev.linkspan.ui.setting;

import dev.linkspan.member.Setting;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;

/** Settings in plain words. */
final class SettingWords {
    /** Between the key that the API names, which the panel is about, and what is wrong with its value. */
    private static final String KEY_AND_WHY = "\": ";

    static final String USER = "user.";

    private SettingWords() {}

    /** What the key is for. */
    static String about(String key) {
        return key.startsWith(USER) ? Texts.of("setting.about-own") : Texts.ofOr("setting.about." + key, "");
    }

    /** What may be written there. */
    static String help(String key) {
        return Texts.ofOr("setting.help." + key, "");
    }

    /** Why a value wasn't taken, and what to write instead where the API's text doesn't say. */
    static String refusal(ProblemException refused) {
        String text = refused.getMessage();
        if (refused.is(Problem.EXPIRY_INVALID)) {
            return Texts.of("setting.expiry.invalid", text);
        }
        String why = text.substring(text.indexOf(KEY_AND_WHY) + KEY_AND_WHY.length());
        return refused.is(Problem.CONFIG_VALUE_INVALID)
                ? Character.toUpperCase(why.charAt(0)) + why.substring(1)
                : text;
    }

    /** What is in force. */
    static String value(Setting setting) {
        if (setting.secret()) {
            return Texts.of(setting.set() ? "setting.secret.set" : "setting.unset");
        }
        return setting.set() ? setting.value() : standard(setting);
    }

    /** Style of what {@link #value} says: values are to be read letter by letter, words that stand for none are not. */
    static String look(Setting setting) {
        String muted = setting.set() ? "" : "ls-muted ";
        boolean words = setting.secret() || !setting.set() && setting.standard().isEmpty();
        return words ? muted : muted + "ls-mono";
    }

    /** What is in force while nothing is set. */
    static String standard(Setting setting) {
        return setting.standard().isEmpty()
                ? Texts.ofOr("setting.unset." + setting.key(), Texts.of("setting.unset"))
                : setting.standard();
    }

    /** Whether the value is the default, or one of a member. */
    static String scope(Setting setting) {
        if (setting.fixed()) {
            return Texts.of("setting.fixed");
        }
        String scope = setting.ofMember() ? Texts.of("setting.of-member") : "";
        boolean standard = setting.atStandard() && !setting.standard().isEmpty();
        String word = standard ? Texts.of("setting.standard") : "";
        return scope.isEmpty() || word.isEmpty() ? scope + word : Texts.of("setting.both", word, scope);
    }

    static String who(Setting setting, KnownIdentities known) {
        return setting.changedAt() == null
                ? ""
                : known.at(setting.changedAt()).name(setting.username(), setting.protocol(), setting.address());
    }

    static String when(Setting setting, Times times) {
        return setting.changedAt() == null ? never(setting) : times.ago(setting.changedAt());
    }

    /** What is said instead of when it was changed. */
    static String never(Setting setting) {
        return Texts.of(setting.set() ? "setting.never.recorded" : "setting.never");
    }
}
