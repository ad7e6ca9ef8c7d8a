package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import dev.linkspan.access.Caller;
import dev.linkspan.group.GroupBrief;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.link.DialedAddress;
import dev.linkspan.link.LinkType;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.ui.group.GroupsView;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.setting.SettingsView;
import dev.linkspan.ui.shared.CommandLine;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The how-tos of linking, read off what is there. What the caller may not see is not there for them. */
class LinkingSteps {
    private static final int EXAMPLES = 3;
    private static final String HTTPS_ADDRESS = "core.https_address";
    private static final Comparator<Instant> NEWEST_FIRST = Comparator.nullsFirst(Comparator.reverseOrder());

    private final LinkTools tools;
    private final Caller caller;
    private final ServerInfo us;
    private final Times times;
    private final List<GroupBrief> groups;
    private final List<LinkLine> lines;
    private final List<IdentityOverview> incoming;

    LinkingSteps(LinkTools tools, Times times) {
        this.tools = tools;
        this.times = times;
        caller = tools.me().get();
        us = tools.server().info(caller);
        groups = tools.allGroups().brief(caller);
        lines = LinkLine.all(tools, caller);
        incoming = tools.identities().overview(caller).stream()
                .filter(LinkMap::incoming)
                .toList();
    }

    String us() {
        return us.name();
    }

    /**
     * What every link needs.
     *
     * @param dialed what our addresses answered; null while that isn't known
     */
    List<Step> before(List<DialedAddress> dialed) {
        List<DialedAddress> good = dialed == null
                ? List.of()
                : dialed.stream()
                        .filter(address -> address.problem().isEmpty()
                                && address.reach() != DialedAddress.Reach.LOOPBACK
                                && address.reach() != DialedAddress.Reach.UNKNOWN)
                        .toList();
        Step reachable = new Step(
                "start.addresses",
                state(!good.isEmpty()),
                addresses(dialed, good),
                dialed != null && good.isEmpty(),
                new Step.Action(
                        Texts.of("start.open.setting"),
                        "arrow-right",
                        refusal("can_edit", "settings.refused"),
                        () -> SettingsView.open(HTTPS_ADDRESS)),
                good.isEmpty() ? Texts.of("start.addresses.command") : null,
                false);
        List<String> fitting = groups.stream()
                .map(GroupBrief::name)
                .filter(tools.groups()::fitsPeer)
                .limit(EXAMPLES)
                .toList();
        Step grouped = new Step(
                "start.groups",
                state(!fitting.isEmpty()),
                fitting.isEmpty()
                        ? Texts.of("start.groups.none", groups.size())
                        : Texts.of("start.groups.some", Names.of(fitting, name -> name)),
                false,
                new Step.Action(
                        Texts.of("group.create"),
                        "plus",
                        refusal("can_create_groups", "group.create.refused"),
                        GroupsView::goToCreate),
                Texts.of("start.groups.command"),
                false);
        return ordered(true, reachable, grouped);
    }

    private String addresses(List<DialedAddress> dialed, List<DialedAddress> good) {
        if (dialed == null && tools.access().allowed(caller, "can_create_cluster_links")) {
            return Texts.of("dialed.checking");
        }
        if (dialed == null) {
            return us.addresses().isEmpty()
                    ? Texts.of("start.addresses.none")
                    : Texts.of("start.addresses.untested", Names.of(us.addresses(), address -> address));
        }
        return good.isEmpty()
                ? Texts.of("start.addresses.unreachable")
                : Texts.of("start.addresses.good", Names.of(good, DialedAddress::address));
    }

    /** A link by which each side may call the other one. */
    List<Step> bothWays() {
        List<LinkLine> links = ofType(LinkType.BIDIRECTIONAL);
        List<LinkLine> made = links.stream()
                .filter(line -> !line.pending() || waits(line.overview().tokenOut(), expiry(line)))
                .toList();
        List<LinkLine> waiting = made.stream()
                .filter(line -> !line.active())
                .sorted(Comparator.comparing(LinkingSteps::expiry, NEWEST_FIRST))
                .toList();
        List<LinkLine> active = links.stream().filter(LinkLine::active).toList();
        List<LinkLine> dead =
                links.stream().filter(line -> !made.contains(line)).toList();
        boolean begun = !links.isEmpty() || (ofType(LinkType.UNIDIRECTIONAL).isEmpty() && incoming.isEmpty());
        String refusal = tools.access().allowed(caller, "can_create_identities")
                ? refusal("can_create_cluster_links", "links.create.refused")
                : Texts.of("links.create.refused");
        return ordered(
                begun,
                new Step(
                        "start.both.token",
                        state(!made.isEmpty()),
                        made.isEmpty() ? none("start.both.token", dead) : madeWords(waiting, active),
                        made.isEmpty() && !dead.isEmpty(),
                        new Step.Action(Texts.of("links.create"), "plus", refusal, () -> ClusterLinks.goTo(false)),
                        Texts.of("start.both.token.command"),
                        false),
                new Step(
                        "start.both.use",
                        state(!active.isEmpty()),
                        active.isEmpty() ? waitingWords(waiting) : Texts.of("start.linked", names(active)),
                        false,
                        use(waiting, active, refusal),
                        Texts.of("start.both.use.command", CommandLine.word(us.name())),
                        true),
                check("start.both.check", active));
    }

    /** With a link that waits, its page; else the way for which one was given a token. */
    private static Step.Action use(List<LinkLine> waiting, List<LinkLine> active, String refusal) {
        return active.isEmpty() && !waiting.isEmpty()
                ? page(waiting.getFirst())
                : new Step.Action(
                        Texts.of("links.empty.token.button"),
                        "clipboard-paste",
                        refusal,
                        () -> ClusterLinks.goTo(true));
    }

    /** Another cluster may call this one. */
    List<Step> called() {
        List<IdentityOverview> good = incoming.stream()
                .filter(identity -> !identity.pending() || waits(true, identity.expiresAt()))
                .toList();
        List<IdentityOverview> waiting = good.stream()
                .filter(IdentityOverview::pending)
                .sorted(Comparator.comparing(IdentityOverview::expiresAt, NEWEST_FIRST))
                .toList();
        List<IdentityOverview> active =
                good.stream().filter(identity -> !identity.pending()).toList();
        boolean expired = good.isEmpty() && !incoming.isEmpty();
        String evidence = good.isEmpty()
                ? Texts.of(
                        expired ? "start.called.expired" : "start.called.none", names(incoming, IdentityOverview::name))
                : Texts.of("start.called.some", good.size(), names(good, IdentityOverview::name));
        return ordered(
                !incoming.isEmpty(),
                new Step(
                        "start.called.identity",
                        state(!good.isEmpty()),
                        evidence,
                        expired,
                        new Step.Action(
                                Texts.of("identity.create"),
                                "plus",
                                refusal("can_create_identities", "identity.create.refused"),
                                IdentitiesView::goToCreateForCluster),
                        Texts.of("start.called.identity.command"),
                        false),
                new Step(
                        "start.called.use",
                        state(!active.isEmpty()),
                        active.isEmpty()
                                ? waiting.isEmpty()
                                        ? Texts.of("start.waiting.none")
                                        : until(
                                                waiting.getFirst().name(),
                                                waiting.getFirst().expiresAt())
                                : Texts.of("start.called.active", names(active, IdentityOverview::name)),
                        false,
                        good.isEmpty()
                                ? null
                                : open(
                                        "identity",
                                        IdentitiesView.addressOf((active.isEmpty() ? waiting : active).getFirst())),
                        Texts.of("start.called.use.command", CommandLine.word(us.name())),
                        true));
    }

    /** This cluster may call another one. */
    List<Step> calling() {
        List<LinkLine> links = ofType(LinkType.UNIDIRECTIONAL);
        List<LinkLine> active = links.stream().filter(LinkLine::active).toList();
        String evidence = active.isEmpty() ? Texts.of("start.calling.none") : Texts.of("start.linked", names(active));
        return ordered(
                !links.isEmpty(),
                new Step(
                        "start.calling.token",
                        state(!links.isEmpty()),
                        links.isEmpty() ? Texts.of("start.calling.token.none") : Texts.of("start.calling.token.used"),
                        false,
                        null,
                        Texts.of("other-side.identity.command", CommandLine.word(us.name())),
                        true),
                new Step(
                        "start.calling.use",
                        state(!active.isEmpty()),
                        evidence,
                        false,
                        new Step.Action(
                                Texts.of("links.create"),
                                "plus",
                                refusal("can_create_cluster_links", "links.create.refused.one-way"),
                                () -> ClusterLinks.goTo(LinkType.UNIDIRECTIONAL)),
                        Texts.of("start.calling.use.command"),
                        false),
                check("start.calling.check", active));
    }

    /** This cluster may read what another one shows to everybody. */
    List<Step> open() {
        List<LinkLine> links = ofType(LinkType.PUBLIC);
        List<LinkLine> active = links.stream().filter(LinkLine::active).toList();
        return ordered(
                !links.isEmpty(),
                new Step(
                        "start.public.create",
                        state(!active.isEmpty()),
                        active.isEmpty() ? Texts.of("start.public.none") : Texts.of("start.linked", names(active)),
                        false,
                        new Step.Action(
                                Texts.of("links.create"),
                                "plus",
                                refusal("can_create_cluster_links", "links.create.refused.one-way"),
                                () -> ClusterLinks.goTo(LinkType.PUBLIC)),
                        null,
                        false));
    }

    private Step check(String key, List<LinkLine> active) {
        List<LinkLine> good = in(active, LinkStatus.Part.ACTIVE);
        List<LinkLine> bad = in(active, LinkStatus.Part.ATTENTION);
        String evidence = active.isEmpty()
                ? Texts.of("start.check.none")
                : Texts.of("start.check.some", good.size(), active.size(), bad.size());
        return new Step(
                key,
                state(!good.isEmpty()),
                evidence,
                !bad.isEmpty(),
                active.isEmpty() ? null : open("map", MapView.PATH),
                Texts.of("start.check.command"),
                false);
    }

    /** The first step that isn't done is the next one, once the how-to was begun. */
    private static List<Step> ordered(boolean begun, Step... steps) {
        List<Step> ordered = new ArrayList<>();
        boolean next = begun;
        for (Step step : steps) {
            boolean open = step.state() != Step.State.DONE;
            ordered.add(open && next ? step.next() : step);
            next &= !open;
        }
        return ordered;
    }

    private static Step.State state(boolean done) {
        return done ? Step.State.DONE : Step.State.OPEN;
    }

    private List<LinkLine> ofType(LinkType type) {
        return lines.stream().filter(line -> line.type() == type).toList();
    }

    private List<LinkLine> in(List<LinkLine> links, LinkStatus.Part part) {
        Predicate<LinkLine> is = line -> LinkStatus.part(line, times.now()) == part;
        return links.stream().filter(is).toList();
    }

    private boolean waits(boolean tokenOut, Instant expiry) {
        return tokenOut && (expiry == null || expiry.isAfter(times.now()));
    }

    private static Instant expiry(LinkLine line) {
        return line.overview().tokenExpiresAt();
    }

    private String none(String key, List<LinkLine> dead) {
        return dead.isEmpty() ? Texts.of(key + ".none") : Texts.of(key + ".dead", names(dead));
    }

    private static String madeWords(List<LinkLine> waiting, List<LinkLine> active) {
        return Texts.of("start.both.token.some", waiting.size(), active.size());
    }

    private String waitingWords(List<LinkLine> waiting) {
        return waiting.isEmpty()
                ? Texts.of("start.waiting.none")
                : until(waiting.getFirst().name(), expiry(waiting.getFirst()));
    }

    private String until(String name, Instant expiry) {
        return expiry == null
                ? Texts.of("start.waiting.for-ever", name)
                : Texts.of("start.waiting", name, times.at(expiry), times.between(expiry));
    }

    private static String names(List<LinkLine> links) {
        return names(links, LinkLine::name);
    }

    private static <T> String names(List<T> items, Function<T, String> name) {
        return Names.of(items, name);
    }

    private static Step.Action page(LinkLine line) {
        return open("link", LinkView.address(line.name()));
    }

    private static Step.Action open(String what, String address) {
        Location place = new Location(address);
        return new Step.Action(Texts.of("start.open." + what), "arrow-right", null, () -> UI.getCurrent()
                .navigate(place.getPath(), place.getQueryParameters()));
    }

    private String refusal(String entitlement, String key) {
        return tools.access().allowed(caller, entitlement) ? null : Texts.of(key);
    }
}
