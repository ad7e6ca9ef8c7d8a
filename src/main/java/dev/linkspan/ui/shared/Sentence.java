package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with emphasis: in its pattern {@code **word**} is strong and {@code `word`} is code. Arguments are put in
 * after the marks were read, so that a name with such characters stays what it is.
 */
public class Sentence extends Span {
    private static final char FIRST_HOLE = '\uE000';
    private static final Pattern MARKS = Pattern.compile("\\*\\*(.+?)\\*\\*|`(.+?)`");

    public Sentence(String key, Object... arguments) {
        Object[] holes = new Object[arguments.length];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = arguments[i] instanceof Number ? arguments[i] : String.valueOf((char) (FIRST_HOLE + i));
        }
        String text = Texts.of(key, holes);
        Matcher marks = MARKS.matcher(text);
        int end = 0;
        while (marks.find()) {
            addText(text.substring(end, marks.start()), arguments);
            add(
                    marks.group(1) != null
                            ? strong(fill(marks.group(1), arguments))
                            : code(fill(marks.group(2), arguments)));
            end = marks.end();
        }
        addText(text.substring(end), arguments);
    }

    private void addText(String text, Object... arguments) {
        if (!text.isEmpty()) {
            add(fill(text, arguments));
        }
    }

    private static String fill(String text, Object... arguments) {
        StringBuilder filled = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            int hole = c - FIRST_HOLE;
            if (hole >= 0 && hole < arguments.length) {
                filled.append(arguments[hole]);
            } else {
                filled.append((char) c);
            }
        });
        return filled.toString();
    }

    private static Component strong(String text) {
        return new Strong(text);
    }

    private static Component code(String text) {
        Code code = new Code();
        code.setText(text);
        return code;
    }
}
