package dev.linkspan.testing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the placeholders of a transcript stand for in one replay: the same value at all places. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Z][A-Z0-9_]*)}");
    private static final String HEX = "[0-9a-f]{64}";
    /** Stands for another value at each place. */
    private static final String ANY_ADDRESS = "CALLER_ADDRESS";

    private static final Pattern WHOLE_SECOND = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
    private static final long NEAR_SECONDS = 3;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, String> values;
    private final JsonNode tokens;

    Placeholders(JsonNode tokens) {
        this(tokens, Map.of());
    }

    private Placeholders(JsonNode tokens, Map<String, String> values) {
        this.tokens = tokens;
        this.values = new HashMap<>(values);
    }

    /** One to try something with. */
    Placeholders copy() {
        return new Placeholders(tokens, values);
    }

    void take(Placeholders tried) {
        values.putAll(tried.values);
    }

    void bind(String name, String value) {
        values.put(name, value);
    }

    String value(String name) {
        return values.get(name);
    }

    /** The text of a request with values in place of placeholders. Secrets that never were answered are made up. */
    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(filled(found.group(1))));
    }

    private String filled(String name) {
        String value = values.get(name);
        if (value == null) {
            value = make(name);
            values.put(name, value);
        }
        return value;
    }

    private String make(String name) {
        if (name.startsWith("TOKEN_")) {
            String json = tokens.path(name).toString();
            return Base64.getEncoder().encodeToString(fill(json).getBytes(StandardCharsets.UTF_8));
        }
        if (name.startsWith("SECRET_") || name.startsWith("HEX_")) {
            byte[] bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
        if (name.startsWith("TIME_")) {
            return "2100-01-01T00:00:00Z";
        }
        throw new IllegalStateException("nothing is known of {" + name + "}");
    }

    /** The text with what is known, to show. */
    String known(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    /** Whether the text is what was recorded; placeholders that were unknown so far are known then. */
    boolean matches(String recorded, String text) {
        List<String> unknown = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        Matcher found = PLACEHOLDER.matcher(recorded);
        int end = 0;
        while (found.find()) {
            pattern.append(Pattern.quote(recorded.substring(end, found.start())));
            String name = found.group(1);
            if (name.equals(ANY_ADDRESS)) {
                pattern.append("\\S*:\\d+");
            } else if (isWholeSecond(values.get(name))) {
                // Two things that happened in one second while it was recorded may fall in two when it is replayed.
                pattern.append(oneOf(around(values.get(name))));
            } else if (values.containsKey(name)) {
                pattern.append(Pattern.quote(values.get(name)));
            } else {
                unknown.add(name);
                pattern.append('(').append(form(name)).append(')');
            }
            end = found.end();
        }
        Matcher matcher = Pattern.compile(
                        pattern.append(Pattern.quote(recorded.substring(end))).toString(), Pattern.DOTALL)
                .matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < unknown.size(); i++) {
            if (isUsed(unknown.get(i), matcher.group(i + 1))) {
                return false;
            }
            values.put(unknown.get(i), matcher.group(i + 1));
        }
        return true;
    }

    private static boolean isWholeSecond(String value) {
        return value != null && WHOLE_SECOND.matcher(value).matches();
    }

    private static Stream<String> around(String second) {
        Instant instant = Instant.parse(second);
        return LongStream.rangeClosed(-NEAR_SECONDS, NEAR_SECONDS)
                .mapToObj(difference -> instant.plusSeconds(difference).toString());
    }

    private static String oneOf(Stream<String> texts) {
        return texts.map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
    }

    private static String form(String name) {
        if (name.startsWith("UUID_") || name.startsWith("OPERATION_")) {
            return "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
        }
        if (name.startsWith("TIME_")) {
            return "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})";
        }
        if (name.startsWith("PEM_")) {
            return "-----BEGIN CERTIFICATE-----\n.+\n-----END CERTIFICATE-----";
        }
        if (name.startsWith("JWT_")) {
            return "[\\w-]+\\.[\\w-]+\\.[\\w-]+";
        }
        if (name.startsWith("ADDRESS_")) {
            return "\\S+:\\d+";
        }
        return HEX;
    }

    /** Different placeholders of these kinds stand for different values. */
    private boolean isUsed(String name, String value) {
        String kind = name.replaceAll("\\d+$", "");
        return List.of("ETAG_", "UUID_", "SECRET_").contains(kind)
                && values.entrySet().stream()
                        .anyMatch(known -> known.getKey().startsWith(kind) && Objects.equals(known.getValue(), value));
    }
}
