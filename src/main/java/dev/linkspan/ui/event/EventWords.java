package dev.linkspan.ui.event;

import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.RecordedEvent;
import dev.linkspan.ui.group.GroupView;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.link.LinkView;
import dev.linkspan.ui.setting.SettingsView;
import dev.linkspan.ui.shared.Texts;
import java.util.Set;
import java.util.stream.Stream;

/** Events in plain words. */
final class EventWords {
    private static final String IDP_GROUPS = "permissions/idp-groups";

    /** What a trust token brings about. */
    private static final Set<String> BY_TOKEN = Set.of("cluster-link-created", "identity-updated");

    private EventWords() {}

    /** What happened, without to what. */
    static String what(RecordedEvent event) {
        if (!event.security()) {
            String usual = Texts.ofOr("event.lifecycle." + event.action(), event.action());
            return byToken(event) ? Texts.of("event.by-token." + event.action()) : usual;
        }
        String[] parts = event.action().split(":", 3);
        String narrow = parts.length > 1 ? "event.security." + parts[0] + '.' + parts[1] : "";
        return Texts.ofOr(narrow, Texts.ofOr("event.security." + parts[0], event.description()));
    }

    /** Without an identity one changes something by its trust token only: it becomes active. */
    private static boolean byToken(RecordedEvent event) {
        return BY_TOKEN.contains(event.action())
                && event.username().isEmpty()
                && event.protocol().isEmpty()
                && !event.address().isEmpty();
    }

    /** What a security event says besides: the refused entitlement, the identity that was changed. */
    private static String besides(RecordedEvent event, KnownIdentities.Then known) {
        String[] parts = event.action().split(":", 3);
        return switch (parts[0]) {
            case "authz_fail" ->
                parts.length < 3 ? event.action() : Texts.of("event.refused", parts[1], label(parts[2], known));
            case "authz_admin" ->
                parts.length < 3
                        ? event.action()
                        : parts[1].startsWith("identity_") ? named(parts[2].replaceFirst("/", ":"), known) : parts[2];
            default ->
                parts.length < 2 ? event.description() : named(event.action().substring(parts[0].length() + 1), known);
        };
    }

    private static String named(String identity, KnownIdentities.Then known) {
        int colon = identity.indexOf(':');
        return colon < 0 ? identity : known.name(identity.substring(0, colon), identity.substring(colon + 1));
    }

    /** To what it happened, in one line; empty for nothing in particular. */
    static String subject(RecordedEvent event, KnownIdentities known) {
        if (event.security()) {
            return besides(event, known.at(event.at()));
        }
        String keys = event.context().getOrDefault("keys", "");
        if (!keys.isEmpty()) {
            return keys;
        }
        String name = name(event.source(), known.at(event.at()));
        String before = event.context().getOrDefault("old_name", "");
        return before.isEmpty() ? name : Texts.of("event.renamed", name, before);
    }

    /** The identities that it names: who caused it, and to whom it happened. */
    static Stream<EntityUrl> identities(RecordedEvent event) {
        Stream<EntityUrl> who = event.username().isEmpty() || overSocket(event)
                ? Stream.empty()
                : Stream.of(EntityUrl.of(EntityType.IDENTITY, event.protocol(), event.username()));
        Stream<EntityUrl> subject =
                EntityUrl.parse(event.source()).filter(url -> url.type() == EntityType.IDENTITY).stream();
        return Stream.concat(who, subject);
    }

    private static String name(String url, KnownIdentities.Then known) {
        return EntityUrl.parse(url)
                .map(entity -> entity.type() == EntityType.IDENTITY
                        ? known.name(
                                entity.arguments().getFirst(),
                                entity.arguments().getLast())
                        : PermissionWords.resource(url))
                .orElse(url);
    }

    private static String label(String url, KnownIdentities.Then known) {
        boolean server = EntityUrl.parse(url)
                .filter(entity -> entity.type() == EntityType.SERVER)
                .isPresent();
        return server ? name(url, known) : Texts.of("event.entity", PermissionWords.kind(url), name(url, known));
    }

    /** The page of what it happened to; empty when there is none, or none any more. */
    static String address(RecordedEvent event, KnownIdentities known) {
        boolean gone = event.action().endsWith("-deleted");
        return gone
                ? ""
                : EntityUrl.parse(event.source())
                        .map(entity -> address(entity, known.at(event.at())))
                        .orElse("");
    }

    private static String address(EntityUrl entity, KnownIdentities.Then known) {
        String name = entity.arguments().isEmpty() ? "" : entity.arguments().getLast();
        return switch (entity.type()) {
            case CLUSTER_LINK -> LinkView.address(name);
            case GROUP -> GroupView.address(name);
            case IDENTITY_PROVIDER_GROUP -> IDP_GROUPS;
            case SERVER -> SettingsView.PATH;
            case IDENTITY ->
                known.find(KnownIdentities.key(entity.arguments().getFirst(), name))
                        .map(identity -> IdentitiesView.addressOf(identity.method(), identity.identifier()))
                        .orElse("");
            default -> "";
        };
    }

    /** The icon of what kind of thing happened. */
    static String symbol(RecordedEvent event) {
        if (event.security()) {
            return event.warning() ? "shield-alert" : "shield-check";
        }
        String action = event.action();
        if (action.endsWith("-created")) {
            return "plus";
        }
        if (action.endsWith("-deleted") || action.endsWith("-removed")) {
            return "trash-2";
        }
        return EntityUrl.parse(event.source())
                        .filter(url -> url.type() == EntityType.SERVER)
                        .isPresent()
                ? "settings"
                : "pencil";
    }

    /** Who caused it. */
    static String who(RecordedEvent event, KnownIdentities known) {
        return byToken(event)
                ? Texts.of("actor.token")
                : known.at(event.at()).name(event.username(), event.protocol(), event.address());
    }

    /** How they proved who they are. */
    static String way(RecordedEvent event) {
        return event.protocol().isEmpty() ? "" : Texts.ofOr("event.way." + event.protocol(), event.protocol());
    }

    /** Where they came from. */
    static String from(RecordedEvent event) {
        return overSocket(event) ? Texts.of("event.from.socket") : event.address();
    }

    static boolean overSocket(RecordedEvent event) {
        return event.address().equals("@");
    }
}
