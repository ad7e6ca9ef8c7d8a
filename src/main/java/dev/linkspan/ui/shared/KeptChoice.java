package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was chosen and is not saved yet, in the browser's keeping: when the page has to be loaded anew, after a restart of the
 * server, it comes back as what was typed does ({@code connection.js}). What comes back is as good as any input: whoever
 * takes it checks it.
 *
 * @param <T> its form, which can be written as JSON
 */
public final class KeptChoice<T> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ATTRIBUTE = "data-kept";
    private static final int LONGEST = 100_000;

    private final Component holder;

    /**
     * Nothing that is kept yet.
     *
     * @param holder what is known by its place on the page
     * @param back is given what has come back
     */
    public KeptChoice(Component holder, TypeReference<T> type, Consumer<T> back) {
        this.holder = holder;
        holder.getElement().setAttribute(ATTRIBUTE, "");
        holder.getElement()
                .addEventListener(
                        "choice-back",
                        event -> read(event.getEventData().path("event.detail").asString(""), type, back))
                .addEventData("event.detail");
    }

    private static <T> void read(String text, TypeReference<T> type, Consumer<T> back) {
        T chosen;
        try {
            chosen = JSON.readValue(text, type);
        } catch (JacksonException e) {
            return;
        }
        if (chosen != null) {
            back.accept(chosen);
        }
    }

    /** Keeps this instead of what was kept before; null for nothing. Very much isn't kept. */
    public void keep(T chosen) {
        String text = chosen == null ? "" : JSON.writeValueAsString(chosen);
        holder.getElement().setAttribute(ATTRIBUTE, text.length() > LONGEST ? "" : text);
    }
}
