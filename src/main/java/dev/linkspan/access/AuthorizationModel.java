package dev.linkspan.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What can be granted and what follows from it, read from {@code entitlements.json} (auth.md chapter 7). For each
 * entitlement of each type it holds the set of grants that satisfy it, so that a check is a few look-ups.
 */
@Component
public class AuthorizationModel {
    /** An entitlement with a sentence that says what it allows. */
    public record EntitlementDescription(String name, String description) {}

    /**
     * What satisfies an entitlement.
     *
     * @param grants number of the granted entitlement and the type of the entity that it must be on
     * @param self whether being that identity satisfies it
     * @param member whether being a member of that group satisfies it
     */
    record Rule(List<Sufficient> grants, boolean self, boolean member) {}

    record Sufficient(int entitlement, EntityType on) {}

    private record Key(EntityType type, String entitlement) {}

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<Key, Rule> rules = new HashMap<>();
    private final Map<EntityType, Map<String, EntitlementDescription>> grantable = new EnumMap<>(EntityType.class);

    AuthorizationModel() {
        Map<Key, List<String>> impliedBy = new HashMap<>();
        JsonNode model = read();
        for (EntityType type : EntityType.values()) {
            Map<String, EntitlementDescription> ofType = new LinkedHashMap<>();
            JsonNode node = model.get(type.wireName());
            node.get("entitlements").properties().forEach(entry -> {
                String name = entry.getKey();
                ofType.put(
                        name,
                        new EntitlementDescription(
                                name, entry.getValue().get("description").asString()));
                Key key = new Key(type, name);
                numbers.put(key, numbers.size());
                names.add(name);
                impliedBy.put(key, texts(entry.getValue().get("implied_by")));
            });
            grantable.put(type, ofType);
            if (node.has("derived")) {
                node.get("derived")
                        .properties()
                        .forEach(entry -> impliedBy.put(
                                new Key(type, entry.getKey()),
                                texts(entry.getValue().get("implied_by"))));
            }
        }
        impliedBy.keySet().forEach(key -> rules.put(key, rule(key, impliedBy)));
    }

    private static JsonNode read() {
        try (InputStream in = AuthorizationModel.class.getResourceAsStream("/entitlements.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list != null) {
            list.forEach(item -> texts.add(item.asString()));
        }
        return texts;
    }

    private Rule rule(Key wanted, Map<Key, List<String>> impliedBy) {
        Set<Sufficient> grants = new LinkedHashSet<>();
        boolean self = false;
        boolean member = false;
        Set<Key> seen = new LinkedHashSet<>();
        Deque<Key> open = new ArrayDeque<>(List.of(wanted));
        while (!open.isEmpty()) {
            Key key = open.poll();
            if (!seen.add(key)) {
                continue;
            }
            Integer number = numbers.get(key);
            if (number != null) {
                grants.add(new Sufficient(number, key.type()));
            }
            for (String source : impliedBy.getOrDefault(key, List.of())) {
                switch (source) {
                    case "identity:self" -> self = true;
                    case "group:member" -> member = true;
                    default -> {
                        int colon = source.indexOf(':');
                        EntityType type = EntityType.ofWireName(source.substring(0, colon))
                                .orElseThrow();
                        open.add(new Key(type, source.substring(colon + 1)));
                    }
                }
            }
        }
        return new Rule(List.copyOf(grants), self, member);
    }

    /** What can be granted on entities of {@code type}, in the model's order; empty for types that only have a name. */
    public List<EntitlementDescription> entitlements(EntityType type) {
        return List.copyOf(grantable.get(type).values());
    }

    /** A grantable entitlement by its name. */
    public Optional<EntitlementDescription> entitlement(EntityType type, String name) {
        return Optional.ofNullable(grantable.get(type).get(name));
    }

    /** Whether {@code entitlement} can be granted on entities of {@code type}. */
    public boolean grantable(EntityType type, String entitlement) {
        return grantable.get(type).containsKey(entitlement);
    }

    /**
     * Whether {@code granted} on {@code grantedOn} is enough for {@code wanted} on {@code wantedOn}, for an entity that
     * both are about (the entity itself, its project, or the server).
     */
    public boolean implies(EntityType grantedOn, String granted, EntityType wantedOn, String wanted) {
        Rule rule = rule(wantedOn, wanted);
        return rule != null
                && rule.grants().stream()
                        .anyMatch(s -> s.on() == grantedOn && s.entitlement() == number(grantedOn, granted));
    }

    /** The name of the entitlement with this number. */
    String name(int number) {
        return names.get(number);
    }

    /** The number of a grantable entitlement, or -1 when there is none of that name. */
    int number(EntityType type, String entitlement) {
        return numbers.getOrDefault(new Key(type, entitlement), -1);
    }

    /** What satisfies an entitlement, or null when there is none of that name. */
    Rule rule(EntityType type, String entitlement) {
        return rules.get(new Key(type, entitlement));
    }
}
