package dev.linkspan.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The URL of an entity, taken apart (auth.md 7.1 and 3.4).
 *
 * @param arguments the decoded path arguments in order
 * @param project the project, {@code default} where a project-scoped URL names none, else null
 * @param target the member, for storage volumes on a member-local pool, else null
 */
public record EntityUrl(EntityType type, List<String> arguments, String project, String target) {
    /** How many bytes a name may take in a URL, so that request lines and {@code Location} headers can hold it. */
    public static final int LONGEST_NAME = 7_000;

    public static final String DEFAULT_PROJECT = "default";
    private static final String LITERAL = "$&+=:@-._~";

    public EntityUrl {
        arguments = List.copyOf(arguments);
    }

    public static EntityUrl of(EntityType type, String... arguments) {
        return new EntityUrl(type, List.of(arguments), type.projectScoped() ? DEFAULT_PROJECT : null, null);
    }

    /** The URL of an entity of a project-scoped type. */
    public static EntityUrl in(String project, EntityType type, String... arguments) {
        return new EntityUrl(type, List.of(arguments), project, null);
    }

    /** The entity that {@code url} names, or empty when it matches no pattern. */
    public static Optional<EntityUrl> parse(String url) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        Map<String, String> query = query(question < 0 ? "" : url.substring(question + 1));
        if (!path.startsWith("/1.0")) {
            return Optional.empty();
        }
        String[] segments = path.substring(1).split("/", -1);
        for (EntityType type : EntityType.values()) {
            List<String> arguments = match(type.pattern(), segments);
            if (arguments != null) {
                String project = type.projectScoped() ? query.getOrDefault("project", DEFAULT_PROJECT) : null;
                return Optional.of(new EntityUrl(type, arguments, project, query.get("target")));
            }
        }
        return Optional.empty();
    }

    private static List<String> match(List<String> pattern, String[] segments) {
        if (pattern.size() != segments.length) {
            return null;
        }
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < segments.length; i++) {
            if (pattern.get(i).startsWith("{")) {
                String argument = decode(segments[i]);
                if (argument == null || argument.isEmpty()) {
                    return null;
                }
                arguments.add(argument);
            } else if (!pattern.get(i).equals(segments[i])) {
                return null;
            }
        }
        return arguments;
    }

    private static Map<String, String> query(String query) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = decode(pair.substring(equals + 1).replace("+", "%20"));
                if (value != null && !value.isEmpty()) {
                    values.putIfAbsent(pair.substring(0, equals), value);
                }
            }
        }
        return values;
    }

    /** The text behind a percent-encoded one, or null when it isn't well encoded. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** One path segment, percent-encoded as the stock client does it ({@code $ & + = : @} stay as they are). */
    public static String encode(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length() + 8);
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || LITERAL.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    /** The canonical URL: each argument encoded, the project always named. */
    @Override
    public String toString() {
        return text(project != null);
    }

    /** The URL as lists, events and operations show it: the project is named only when it isn't {@code default}. */
    public String brief() {
        return text(project != null && !project.equals(DEFAULT_PROJECT));
    }

    private String text(boolean withProject) {
        StringBuilder url = new StringBuilder();
        int next = 0;
        for (String segment : type.pattern()) {
            url.append('/').append(segment.startsWith("{") ? encode(arguments.get(next++)) : segment);
        }
        if (withProject) {
            url.append("?project=").append(encode(project));
            if (target != null) {
                url.append("&target=").append(encode(target));
            }
        }
        return url.toString();
    }

    /** Whether a URL can hold an entity of this name. */
    public static boolean fits(String name) {
        return encode(name).length() <= LONGEST_NAME;
    }
}
