package dev.linkspan.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.identity.EffectiveAccess.Held;
import dev.linkspan.identity.EffectiveAccess.RefusedRequest;
import dev.linkspan.identity.EffectiveAccess.ThroughGroup;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.AccessWords;
import dev.linkspan.ui.group.GroupView;
import dev.linkspan.ui.group.Member;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why something was refused, what would allow it, and the way to allowing it. */
class RefusalCard extends Div {
    private final AccessTools tools;
    private final RefusedRequest refused;
    private final Member who;
    private final List<ThroughGroup> groups;
    private final List<Held> held;

    RefusalCard(AccessTools tools, RefusedRequest refused, Times times) {
        this.tools = tools;
        this.refused = refused;
        who = Member.of(refused.identity());
        groups = tools.effective()
                .ofIdentity(tools.me().get(), who.method(), who.identifier())
                .groups();
        held = held();
        addClassName("ls-plain-card");
        add(part(verdict(times)));
        if (refused.signIn()) {
            add(part(new H3(Texts.of("access.refused.helps")), help()));
        } else {
            add(part(new H3(Texts.of("access.refused.allow")), needs()));
        }
        add(part(new H3(Texts.of("access.refused.looked")), refused.signIn() ? lookedAtSignIn() : looked()));
    }

    /** What lets somebody in again whose own had expired. */
    private Component help() {
        Anchor identity = new Anchor(IdentitiesView.addressOf(who.method(), who.identifier()), who.name());
        return new Paragraph(new Span(Texts.of("access.helps." + refused.entitlement()) + ' '), identity);
    }

    private UnorderedList lookedAtSignIn() {
        UnorderedList looked = new UnorderedList();
        looked.addClassName("ls-needed");
        looked.add(fact(true, Texts.of("access.looked.own." + refused.entitlement())));
        looked.add(fact(false, Texts.of("access.looked.time." + refused.entitlement())));
        return looked;
    }

    private List<Held> held() {
        if (refused.entityUrl() == null) {
            return List.of();
        }
        try {
            return tools.effective().onEntity(tools.me().get(), who.method(), who.identifier(), refused.entityUrl());
        } catch (ProblemException e) {
            return List.of();
        }
    }

    private static Div part(Component... content) {
        Div part = new Div(content);
        part.addClassNames("ls-stack", "ls-tight");
        return part;
    }

    private Component verdict(Times times) {
        Code request = new Code(refused.request().isEmpty() ? Texts.of("access.refused.console") : refused.request());
        Span under = new Span(
                new Span(Texts.of("access.refused.when", times.ago(refused.last()), refused.count())), request);
        under.addClassNames("ls-under", "ls-wrapped");
        Span word = new Span(
                refused.signIn()
                        ? new Sentence("access.verdict." + refused.entitlement(), who.name())
                        : new Sentence("access.refused.verdict", who.name(), what()));
        word.addClassNames("ls-status-word", "ls-wrapped");
        Span status = new Span(new Symbol("ban"), new Span(word, under));
        status.addClassNames("ls-status", "negative");
        return status;
    }

    /** What was wanted, in words. */
    private String what() {
        if (refused.entityUrl() == null) {
            return Texts.of(
                    "access.refused.unseen",
                    refused.entitlement(),
                    PermissionWords.within(PermissionWords.type(refused.entityType())));
        }
        Permission wanted = new Permission(refused.entityType().wireName(), refused.entityUrl(), refused.entitlement());
        Map<String, String> names = tools.groups().resources().names(tools.me().get(), List.of(wanted));
        return tools.words().rights(List.of(wanted), names).stream()
                .map(AccessWords.Right::phrase)
                .collect(Collectors.joining());
    }

    private UnorderedList needs() {
        UnorderedList needs = new UnorderedList();
        needs.addClassName("ls-needed");
        refused.wouldAllow().forEach(permission -> needs.add(need(permission)));
        return needs;
    }

    private ListItem need(Permission permission) {
        String resource = permission.entityType().equals(EntityType.SERVER.wireName())
                ? Texts.of("words.server")
                : PermissionWords.within(PermissionWords.kind(permission.url()))
                        + ' '
                        + PermissionWords.resource(permission.url());
        Span reach = new Span(Texts.of("access.reach." + reach(permission)));
        reach.addClassName("ls-under");
        Span text = new Span(new Code(permission.entitlement()), new Span(Texts.of("access.on", resource)), reach);
        Symbol sign = new Symbol("circle-dashed");
        sign.addClassName("ls-muted");
        ListItem item = new ListItem(sign, text);
        if (!permission.entitlement().equals("admin")) {
            item.add(add(permission));
        }
        return item;
    }

    private String reach(Permission permission) {
        if (permission.url().equals(refused.entityUrl()) && refused.entityType() != EntityType.SERVER) {
            return "this";
        }
        if (permission.entityType().equals(EntityType.PROJECT.wireName())) {
            return "project";
        }
        return permission.entitlement().equals("admin") ? "everything" : "all";
    }

    /** A menu of the groups by which the identity would get it. */
    private ActionButton add(Permission permission) {
        List<String> open = groups.stream()
                .map(ThroughGroup::name)
                .filter(name -> !name.equals(AuthGroup.ADMINS))
                .toList();
        ActionButton add = new ActionButton(Texts.of("access.refused.add"), () -> {}).look("small");
        add.getElement().setAttribute("aria-haspopup", "menu");
        if (open.isEmpty()) {
            return add.refuse(Texts.of("access.refused.add.none", who.name()));
        }
        ContextMenu menu = new ContextMenu(add);
        menu.setOpenOnClick(true);
        open.forEach(group ->
                menu.addItem(Texts.of("access.refused.add.to", group), click -> GroupView.open(group, permission)));
        return add;
    }

    private UnorderedList looked() {
        UnorderedList looked = new UnorderedList();
        looked.addClassName("ls-needed");
        looked.add(fact(true, Texts.of("access.looked.known")));
        boolean seen =
                refused.entityType() == EntityType.SERVER || find("can_view").isPresent();
        if (refused.entityType() != EntityType.SERVER) {
            looked.add(fact(seen, Texts.of(seen ? "access.looked.seen" : "access.looked.unseen")));
        }
        looked.add(
                find(refused.entitlement()).isPresent()
                        ? fact(true, Texts.of("access.looked.by-now"))
                        : fact(false, Texts.of("access.looked.groups", groups.size())));
        return looked;
    }

    private Optional<Held> find(String entitlement) {
        return held.stream()
                .filter(one -> one.entitlement().name().equals(entitlement))
                .findFirst();
    }

    private static ListItem fact(boolean good, String text) {
        Symbol sign = new Symbol(good ? "check" : "x");
        sign.addClassName("ls-muted");
        return new ListItem(sign, new Paragraph(text));
    }
}
