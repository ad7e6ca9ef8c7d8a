package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Span;

/** Mark and word: the quay, the ramp, the ship. Takes its colours from the page, unlike {@code logo.svg}. */
public class Logo extends Span {
    private static final String MARK = """
            <svg viewBox="0 0 24 24" aria-hidden="true" class="ls-mark">
              <g fill="currentColor"><rect x="2" y="3" width="5" height="18" rx="1.25"/>\
            <rect x="17" y="9" width="5" height="12" rx="1.25"/></g>
              <path fill="var(--ls-accent)" d="M7 7.4 17 11.6v4.2L7 11.6Z"/>
            </svg>""";
    private static final String WORD = """
            <svg viewBox="0 0 86 24" aria-hidden="true" class="ls-word">
              <path d="M2 3.4v14.2M7.4 8.2v9.4M12.6 8.2v9.4M12.6 12.2a4 4 0 0 1 8 0v5.4M25.6 3.4v14.2M32.6 8.2l-7 \
            6.2M28.4 12l4.8 5.6M43 9.9c-.7-1.2-1.9-1.8-3.4-1.8-1.9 0-3.2.9-3.2 2.4 0 3.4 7 1.5 7 4.9 0 1.5-1.4 2.3-3.4 \
            2.3-1.8 0-3.2-.7-4-2M48.2 8.2v14M57.6 12.9a4.7 4.8 0 1 1-9.4 0 4.7 4.8 0 0 1 9.4 0ZM70.8 12.9a4.7 4.8 0 1 \
            1-9.4 0 4.7 4.8 0 0 1 9.4 0ZM70.8 8.2v9.4M75.8 8.2v9.4M75.8 12.2a4 4 0 0 1 8 0v5.4M7.4 3.9h.01"/>
            </svg>""";

    /** The same for a page that has no components yet. */
    public static final String MARKUP = "<span class=\"ls-logo\">" + MARK + WORD + "</span>";

    public Logo() {
        addClassName("ls-logo");
        add(new Svg(MARK), new Svg(WORD));
    }
}
