package dev.linkspan.ui.shared;

import java.util.List;

/** A list cut to one chip and how many more there are. */
public record Chips(String first, String more, String rest) {
    public static Chips of(List<String> values) {
        List<String> others = values.subList(Math.min(1, values.size()), values.size());
        return new Chips(
                values.isEmpty() ? "" : values.getFirst(),
                others.isEmpty() ? "" : Texts.of("chips.more", others.size()),
                String.join(", ", others));
    }
}
