package dev.linkspan.link;

import java.util.Locale;
import java.util.Optional;

/** Who may call whom over a link. */
public enum LinkType {
    BIDIRECTIONAL,
    UNIDIRECTIONAL,
    PUBLIC;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the API. */
    public String wireName() {
        return wireName;
    }

    public static Optional<LinkType> ofWireName(String name) {
        for (LinkType type : values()) {
            if (type.wireName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
