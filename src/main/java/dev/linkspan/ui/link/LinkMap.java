package dev.linkspan.ui.link;

import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.link.ContactStatus;
import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.shared.ListAddress;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the map shows, the worst first.
 *
 * @param groups the peers of links
 * @param incoming those that may call this cluster and can't be called; null for none
 * @param checkedAt when a peer was last asked; null for never
 */
record LinkMap(List<Group> groups, Group incoming, Instant checkedAt) {
    /** Nobody reads more rows than these in a drawing; the list has search and filters. */
    private static final int MOST_DRAWN = 30;

    private static final Comparator<LinkLine> BY_NAME =
            Comparator.comparing(LinkLine::name, String.CASE_INSENSITIVE_ORDER);

    /** How the peers are put together. */
    enum Order {
        STATUS,
        TYPE,
        NAME;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The order of that name; by status when it is none. */
        static Order of(String name) {
            return Arrays.stream(values())
                    .filter(order -> order.wireName().equals(name))
                    .findFirst()
                    .orElse(STATUS);
        }
    }

    /**
     * Peers under one heading.
     *
     * @param drawn the first of them
     * @param all how many there are
     * @param list address of the list that has all of them
     */
    record Group(String title, List<MapPeer> drawn, int all, String list) {
        int more() {
            return all - drawn.size();
        }
    }

    /**
     * Reads off what is known.
     *
     * @param calls when those that are incoming last called, by their rows
     */
    static LinkMap of(
            List<LinkLine> lines, List<IdentityOverview> incoming, Map<Long, Instant> calls, Order order, Times times) {
        Comparator<LinkLine> worstFirst = Comparator.<LinkLine>comparingInt(line -> rank(line, times.now()))
                .thenComparing(BY_NAME);
        List<LinkLine> sorted = lines.stream()
                .sorted(order == Order.NAME ? BY_NAME : worstFirst)
                .toList();
        List<Group> groups =
                switch (order) {
                    case STATUS -> byStatus(sorted, times);
                    case TYPE -> byType(sorted, times);
                    case NAME -> List.of(group(Texts.of("links.table"), sorted, ServerView.LINKS, times));
                };
        Instant checked = lines.stream()
                .map(LinkLine::contact)
                .filter(Objects::nonNull)
                .map(LinkContact::checkedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new LinkMap(
                groups.stream().filter(group -> group.all() > 0).toList(), incoming(incoming, calls, times), checked);
    }

    /** Whether an identity is another cluster that has a link to this one, and not the reverse. */
    static boolean incoming(IdentityOverview identity) {
        return !identity.linked()
                && (identity.type().equals(IdentityType.CLUSTER_LINK)
                        || identity.type().equals(IdentityType.CLUSTER_LINK_PENDING));
    }

    boolean isEmpty() {
        return groups.isEmpty() && incoming == null;
    }

    private static List<Group> byStatus(List<LinkLine> sorted, Times times) {
        List<Group> groups = new ArrayList<>();
        for (LinkStatus.Part part : LinkStatus.Part.values()) {
            String name = part.name().toLowerCase(Locale.ROOT);
            boolean listed = part != LinkStatus.Part.UNKNOWN;
            groups.add(group(
                    Texts.of(listed ? "links.part." + name : "link.status.checking"),
                    sorted.stream()
                            .filter(line -> LinkStatus.part(line, times.now()) == part)
                            .toList(),
                    listed
                            ? ClusterLinks.address(ClusterLinks.STATUS, name)
                            : ClusterLinks.address(ListAddress.SORT, ClusterLinks.STATUS),
                    times));
        }
        return groups;
    }

    private static List<Group> byType(List<LinkLine> sorted, Times times) {
        return Arrays.stream(LinkType.values())
                .map(type -> group(
                        Texts.of("link.type." + type.wireName()),
                        sorted.stream().filter(line -> line.type() == type).toList(),
                        ClusterLinks.address(ClusterLinks.TYPE, type.wireName()),
                        times))
                .toList();
    }

    private static Group group(String title, List<LinkLine> lines, String list, Times times) {
        return new Group(
                title,
                lines.stream()
                        .limit(MOST_DRAWN)
                        .map(line -> MapPeer.of(line, times))
                        .toList(),
                lines.size(),
                list);
    }

    private static Group incoming(List<IdentityOverview> identities, Map<Long, Instant> calls, Times times) {
        if (identities.isEmpty()) {
            return null;
        }
        return new Group(
                Texts.of("map.incoming"),
                identities.stream()
                        .sorted(Comparator.comparing(IdentityOverview::pending)
                                .thenComparing(IdentityOverview::name, String.CASE_INSENSITIVE_ORDER))
                        .limit(MOST_DRAWN)
                        .map(identity -> MapPeer.of(identity, calls.get(identity.id()), times))
                        .toList(),
                identities.size(),
                IdentitiesView.PATH);
    }

    /** The lower, the sooner somebody has to look. */
    private static int rank(LinkLine line, Instant now) {
        int part = LinkStatus.part(line, now).ordinal() * 10;
        LinkContact contact = line.contact();
        if (contact == null) {
            Instant expiry = line.overview().tokenExpiresAt();
            return part + (expiry == null ? 6 : 5);
        }
        boolean partly = contact.status() == ContactStatus.ACTIVE && contact.goodAddresses() < contact.allAddresses();
        return part
                + switch (contact.status()) {
                    case CERTIFICATE_CHANGED -> 0;
                    case UNREACHABLE -> 1;
                    case NOT_TRUSTED -> 2;
                    case ACTIVE -> partly ? 3 : line.type() == LinkType.PUBLIC ? 5 : 4;
                    case UNKNOWN -> 5;
                };
    }
}
