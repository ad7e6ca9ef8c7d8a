package dev.linkspan.ui.link;

import dev.linkspan.access.Caller;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.ContactStatus;
import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A link as the list and its page show it.
 *
 * @param contact null while nothing is known, and for links that aren't active
 */
record LinkLine(LinkOverview overview, LinkContact contact) {
    /** All links that the caller may see, each with its contact. */
    static List<LinkLine> all(LinkTools tools, Caller caller) {
        return of(tools, caller, tools.links().overview(caller));
    }

    /** These links, each with its contact. */
    static List<LinkLine> of(LinkTools tools, Caller caller, List<LinkOverview> links) {
        Map<Long, LinkContact> contacts = links.isEmpty()
                ? Map.of()
                : tools.contacts()
                        .current(caller, links.stream().map(LinkOverview::link).toList());
        return links.stream()
                .map(link -> new LinkLine(link, contacts.get(link.link().id())))
                .toList();
    }

    ClusterLink link() {
        return overview.link();
    }

    long id() {
        return link().id();
    }

    String name() {
        return link().name();
    }

    LinkType type() {
        return link().type();
    }

    List<String> groups() {
        return overview.groups();
    }

    boolean active() {
        return link().phase() == LinkPhase.ACTIVE;
    }

    boolean pending() {
        return link().phase() == LinkPhase.PENDING;
    }

    /** Whether its trust token can still be used. */
    boolean tokenWorks(Instant now) {
        Instant expiry = overview.tokenExpiresAt();
        return overview.tokenOut() && (expiry == null || expiry.isAfter(now));
    }

    /** Whether the peer was asked and was not good. */
    boolean interrupted() {
        return active()
                && contact != null
                && contact.status() != ContactStatus.UNKNOWN
                && contact.status() != ContactStatus.ACTIVE;
    }

    /** Whether a public link waits for somebody to confirm its certificate. */
    boolean unconfirmed() {
        return link().unconfirmed() != null;
    }

    /** Whether the peer calls us, so that auth groups say what it may do here. */
    boolean grants() {
        return link().identityId() != 0;
    }

    /** Whether its name, description, an address or a group contains these words, which are in lower case. */
    boolean matches(String words) {
        return Stream.of(Stream.of(link().name(), link().description()), link().addresses().stream(), groups().stream())
                .flatMap(texts -> texts)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(words));
    }
}
