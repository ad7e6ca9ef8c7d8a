package dev.linkspan.identity;

import java.util.List;

/**
 * A bearer identity to be made.
 *
 * @param type {@code Client token bearer}; other types are refused
 */
public record CreateBearerIdentity(String type, String name, List<String> groups) {
    public CreateBearerIdentity {
        type = type == null ? "" : type;
        name = name == null ? "" : name;
        groups = groups == null ? List.of() : List.copyOf(groups);
    }
}
