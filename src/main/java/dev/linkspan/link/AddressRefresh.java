package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Asks a peer for the addresses of its members (cluster-links.md 1.19) and keeps those that prove the pinned certificate.
 * Known addresses of members that are silent now stay; a peer without members keeps its addresses, and those that it
 * names besides are added.
 */
@Component
class AddressRefresh {
    private static final String SCHEME = "https://";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST_ADDRESSES = 1_000;
    private static final int MOST_TOLD = 10;

    private final LinkRepository repository;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;

    AddressRefresh(LinkRepository repository, TrustChanges changes, Events events, Transactions transactions) {
        this.repository = repository;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Asks at {@code address}, which has just answered {@code info} to {@code GET /1.0}.
     *
     * @return how many members the peer says that it has; null when it says none
     */
    Integer refresh(ProbeTarget target, PeerConnection connection, String address, PeerAnswer info) {
        List<String> known = target.addresses();
        List<String> members = members(connection, address);
        List<String> wanted = members;
        if (members.isEmpty()) {
            wanted = new ArrayList<>(known);
            wanted.addAll(valid(texts(info.metadata().path("environment").path("addresses"))));
            wanted = Peers.distinct(wanted);
        }
        Integer number = members.isEmpty() ? null : members.size();
        if (!changed(known, wanted)) {
            return number;
        }
        List<String> unknown = wanted.stream()
                .distinct()
                .filter(candidate -> !known.contains(candidate))
                .toList();
        Set<String> proved = Probe.all(connection, unknown, LIMIT, LIMIT).stream()
                .filter(Probe.Result::proved)
                .map(Probe.Result::address)
                .collect(Collectors.toSet());
        List<String> kept = kept(known, wanted, proved);
        if (!kept.isEmpty() && !kept.equals(known)) {
            store(target, kept);
        }
        return number;
    }

    /** As LXD compares them: by their number, in any order. */
    static boolean changed(List<String> known, List<String> wanted) {
        return wanted.size() != known.size() || !new HashSet<>(known).containsAll(wanted);
    }

    /** Of the wanted ones those that were known or have proved themselves, in their order. */
    static List<String> kept(List<String> known, List<String> wanted, Set<String> proved) {
        return wanted.stream()
                .distinct()
                .filter(candidate -> known.contains(candidate) || proved.contains(candidate))
                .toList();
    }

    private static Map<String, String> detail(List<String> before, List<String> after) {
        Map<String, String> detail = new LinkedHashMap<>();
        put(detail, LinkHistory.ADDED, after, before);
        put(detail, LinkHistory.REMOVED, before, after);
        return detail;
    }

    private static void put(Map<String, String> detail, String name, List<String> of, List<String> but) {
        List<String> addresses = of.stream()
                .filter(address -> !but.contains(address))
                .limit(MOST_TOLD)
                .toList();
        if (!addresses.isEmpty()) {
            detail.put(name, String.join(", ", addresses));
        }
    }

    private static List<String> members(PeerConnection connection, String address) {
        try {
            PeerAnswer answer = connection.get(address, "/1.0/cluster/members?recursion=1", LIMIT);
            return answer.success() ? named(answer.metadata()) : List.of();
        } catch (PeerException e) {
            return List.of();
        }
    }

    /** The addresses in a list of members. */
    static List<String> named(JsonNode members) {
        return valid(members.valueStream()
                .map(member -> member.path("url").asString(""))
                .filter(url -> url.startsWith(SCHEME))
                .map(url -> url.substring(SCHEME.length()))
                .toList());
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(item -> item.asString("")).toList();
    }

    private static List<String> valid(List<String> addresses) {
        return addresses.stream()
                .limit(MOST_ADDRESSES)
                .filter(AddressRefresh::valid)
                .toList();
    }

    private static boolean valid(String address) {
        try {
            return LinkConfig.addresses(address).equals(List.of(address));
        } catch (ProblemException e) {
            return false;
        }
    }

    /** Only in place of the addresses that it was about: somebody else may have stored others meanwhile. */
    private void store(ProbeTarget target, List<String> addresses) {
        transactions.run(() -> {
            int changed = repository.replaceAddresses(
                    target.linkId(), String.join(",", target.addresses()), String.join(",", addresses));
            if (changed == 1) {
                changes.changed(Kind.LINK, target.linkId());
                LinkHistory.record(
                        events,
                        Caller.system(),
                        "cluster-link-updated",
                        target.name(),
                        detail(target.addresses(), addresses));
            }
        });
    }
}
