package dev.linkspan.access;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The one checker of permissions (auth.md 1.3 and 7.2). A check is a few look-ups in the caller's grants; its cost does
 * not grow with the number of groups or entities.
 */
@Component
public class Access {
    private final AuthorizationModel model;
    private final Refusals refusals;
    private final ApplicationEventPublisher listeners;

    Access(AuthorizationModel model, Refusals refusals, ApplicationEventPublisher listeners) {
        this.model = model;
        this.refusals = refusals;
        this.listeners = listeners;
    }

    /** Whether the caller has an entitlement on the server. */
    public boolean allowed(Caller caller, String entitlement) {
        return allowed(caller, EntityReference.server(), entitlement);
    }

    /** Whether the caller has an entitlement on an entity. */
    public boolean allowed(Caller caller, EntityReference entity, String entitlement) {
        if (caller.unrestricted()) {
            return true;
        }
        AuthorizationModel.Rule rule = model.rule(entity.type(), entitlement);
        if (!caller.trusted() || rule == null) {
            return false;
        }
        if (rule.self() && entity.type() == EntityType.IDENTITY && caller.is(entity.id())) {
            return true;
        }
        if (rule.member() && entity.type() == EntityType.GROUP && caller.memberOf(entity.id())) {
            return true;
        }
        for (AuthorizationModel.Sufficient sufficient : rule.grants()) {
            long id = rowOf(sufficient.on(), entity);
            if (id >= 0 && caller.grants().contains(new Grant(sufficient.entitlement(), id))) {
                return true;
            }
        }
        return false;
    }

    /** The row of the entity of {@code type} that an entitlement on {@code entity} may follow from; -1 for none. */
    static long rowOf(EntityType type, EntityReference entity) {
        if (type == entity.type()) {
            return entity.id();
        }
        return switch (type) {
            case SERVER -> 0;
            case PROJECT -> entity.projectId() == 0 ? -1 : entity.projectId();
            default -> entity.parentId() == 0 ? -1 : entity.parentId();
        };
    }

    /**
     * Refuses a caller without an entitlement on the server.
     *
     * @throws ProblemException 403
     */
    public void require(Caller caller, String entitlement) {
        if (!allowed(caller, entitlement)) {
            note(caller, EntityReference.server(), entitlement);
            throw Problem.FORBIDDEN.with();
        }
    }

    /**
     * Refuses a caller who lacks any of several entitlements on the server, and notes all that are missing.
     *
     * @throws ProblemException 403
     */
    public void requireAll(Caller caller, String... entitlements) {
        List<String> missing = Stream.of(entitlements)
                .filter(entitlement -> !allowed(caller, entitlement))
                .toList();
        missing.forEach(entitlement -> note(caller, EntityReference.server(), entitlement));
        if (!missing.isEmpty()) {
            throw Problem.FORBIDDEN.with();
        }
    }

    /**
     * Refuses a caller without an entitlement on an entity, and hides the entity from those who may not see it.
     *
     * @throws ProblemException 403, or 404 when the caller may not even see the entity
     */
    public void require(Caller caller, EntityReference entity, String entitlement) {
        if (!allowed(caller, entity, entitlement)) {
            throw refusal(caller, entity, entitlement);
        }
    }

    private void note(Caller caller, EntityReference entity, String entitlement) {
        refusals.add(caller, entity, entitlement);
        listeners.publishEvent(new Denied(caller, entity, entitlement));
    }

    private ProblemException refusal(Caller caller, EntityReference entity, String entitlement) {
        if (!caller.trusted()) {
            return Problem.FORBIDDEN.with();
        }
        note(caller, entity, entitlement);
        boolean hidden = entitlement.equals("can_view")
                || (model.rule(entity.type(), "can_view") != null && !allowed(caller, entity, "can_view"));
        return (hidden ? Problem.NOT_FOUND : Problem.FORBIDDEN).with();
    }

    /**
     * The answer for an entity that doesn't exist: {@code own} for callers who hold the right for the whole server, else
     * the same as for an entity that they may not see.
     */
    public ProblemException missing(Caller caller, EntityType type, String entitlement, ProblemException own) {
        boolean everywhere = allowed(caller, EntityReference.of(type, 0), entitlement);
        return everywhere ? own : refusal(caller, EntityReference.of(type, 0), entitlement);
    }

    /**
     * Refuses callers that did not authenticate, for what every identity may do.
     *
     * @throws ProblemException 403
     */
    public void requireTrusted(Caller caller) {
        if (!caller.trusted()) {
            throw Problem.FORBIDDEN.with();
        }
    }

    /** Those of the items that the caller may see. */
    public <T> List<T> visible(
            Caller caller, Collection<T> items, java.util.function.Function<T, EntityReference> reference) {
        List<T> visible = new ArrayList<>(items.size());
        for (T item : items) {
            if (allowed(caller, reference.apply(item), "can_view")) {
                visible.add(item);
            }
        }
        return visible;
    }

    /** Tells, by their rows, which auth groups a caller may see; asked often, it thinks once about each. */
    public LongPredicate visibleGroups(Caller caller) {
        if (visibleRows(caller, EntityType.GROUP).isEmpty()) {
            return group -> true;
        }
        Map<Long, Boolean> known = new HashMap<>();
        return group -> known.computeIfAbsent(
                group, id -> allowed(caller, EntityReference.of(EntityType.GROUP, id), "can_view"));
    }

    /**
     * The rows of the entities of a type, outside of projects, that a caller may see one by one; empty when the caller may
     * see all of that type.
     */
    public Optional<Set<Long>> visibleRows(Caller caller, EntityType type) {
        return rows(caller, type, "can_view");
    }

    /** As {@link #visibleRows}, of those on which the caller has another entitlement. */
    public Optional<Set<Long>> rows(Caller caller, EntityType type, String entitlement) {
        if (allowed(caller, EntityReference.of(type, -1), entitlement)) {
            return Optional.empty();
        }
        AuthorizationModel.Rule rule = model.rule(type, entitlement);
        Set<Integer> sufficient = new HashSet<>();
        rule.grants().stream()
                .filter(grant -> grant.on() == type)
                .forEach(grant -> sufficient.add(grant.entitlement()));
        Set<Long> rows = new HashSet<>();
        for (Grant grant : caller.grants()) {
            if (sufficient.contains(grant.entitlement())) {
                rows.add(grant.entityId());
            }
        }
        if (rule.self()) {
            caller.identity().ifPresent(identity -> rows.add(identity.id()));
        }
        return Optional.of(rows);
    }

    /**
     * Checks entitlements that a caller wants to have reported (auth.md 1.5).
     *
     * @throws ProblemException 400 when one isn't valid for the type, or when the caller isn't subject to the model
     */
    public void requireReportable(Caller caller, EntityType type, List<String> requested) {
        for (String entitlement : requested) {
            if (!model.grantable(type, entitlement)) {
                throw Problem.ENTITLEMENT_NOT_VALID.with(entitlement, type.wireName());
            }
        }
        if (!requested.isEmpty() && caller.unrestricted()) {
            throw Problem.NOT_FINE_GRAINED.with();
        }
    }

    /** Those of the requested entitlements that the caller has on an entity, in the order asked for. */
    public List<String> held(Caller caller, EntityReference entity, List<String> requested) {
        return requested.stream()
                .filter(entitlement -> allowed(caller, entity, entitlement))
                .toList();
    }
}
