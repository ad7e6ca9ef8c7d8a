package dev.linkspan.ui.shared;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.springframework.stereotype.Component;

/**
 * The console's texts, from {@code messages.properties}. A text is a {@link MessageFormat} pattern.
 */
@Component
public class Texts implements I18NProvider {
    private static final Locale LOCALE = Locale.ENGLISH;
    private static final ResourceBundle MESSAGES = ResourceBundle.getBundle("messages", LOCALE);

    /** The text of that key with the arguments put in. A key that is missing shows as itself. */
    public static String of(String key, Object... arguments) {
        try {
            return new MessageFormat(MESSAGES.getString(key), LOCALE).format(arguments);
        } catch (MissingResourceException e) {
            return key;
        }
    }

    /** The text of that key, or the alternative when there is none. For keys made from values of the server. */
    public static String ofOr(String key, String alternative) {
        return MESSAGES.containsKey(key) ? of(key) : alternative;
    }

    @Override
    public List<Locale> getProvidedLocales() {
        return List.of(LOCALE);
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... arguments) {
        return of(key, arguments);
    }
}
