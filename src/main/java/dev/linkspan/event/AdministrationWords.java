package dev.linkspan.event;

import dev.linkspan.access.EntityUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which security events go along with a change of identities and groups, in the words of auth.md 1.9. */
final class AdministrationWords {
    /** Name and description of a security event. */
    record Words(String name, String description) {}

    private static final String ADMIN = "authz_admin:";

    private AdministrationWords() {}

    static List<Words> of(String action, EntityUrl source, Map<String, String> context) {
        String verb = action.substring(action.lastIndexOf('-') + 1);
        return switch (source.type()) {
            case IDENTITY -> identity(action, verb, source.arguments());
            case CERTIFICATE ->
                identity(
                        "identity-" + verb,
                        verb,
                        List.of("tls", source.arguments().getFirst()));
            case GROUP -> group("group_", "Authorization group ", verb, source, context);
            case IDENTITY_PROVIDER_GROUP -> group("idp_group_", "Identity provider group ", verb, source, context);
            default -> List.of();
        };
    }

    private static List<Words> identity(String action, String verb, List<String> names) {
        List<Words> words = new ArrayList<>();
        words.add(new Words(ADMIN + "identity_" + kind(verb) + ":" + String.join("/", names), "Identity " + action));
        words.add(new Words("user_" + verb + ":" + String.join(":", names), "Identity " + verb));
        return words;
    }

    private static List<Words> group(
            String name, String what, String verb, EntityUrl source, Map<String, String> context) {
        String from = context.containsKey("old_name") ? " from " + context.get("old_name") : "";
        return List.of(
                new Words(ADMIN + name + kind(verb) + ":" + source.arguments().getFirst(), what + verb + from));
    }

    private static String kind(String verb) {
        return switch (verb.toLowerCase(Locale.ROOT)) {
            case "created" -> "create";
            case "deleted" -> "delete";
            default -> "edit";
        };
    }
}
