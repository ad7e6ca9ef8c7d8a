package dev.linkspan.link;

import dev.linkspan.access.Catalog;
import dev.linkspan.access.TrustChanges.Change;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.identity.Identity;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Component;

/** All links as lists show them, by name, kept from one reading to the next. */
@Component
class LinkCatalog extends Catalog<LinkCatalog.Entry> {
    /**
     * A link with all auth groups of its identity.
     *
     * @param overview names all groups, also those that the reader of a list may not see
     */
    record Entry(LinkOverview overview, List<Identity.Membership> groups) {
        ClusterLink link() {
            return overview.link();
        }

        /** As somebody sees it who may see these groups only. */
        LinkOverview seenBy(LongPredicate visible) {
            return overview.in(Identity.Membership.names(groups, visible));
        }
    }

    private final LinkFacts facts;

    LinkCatalog(LinkFacts facts) {
        super(Comparator.comparing(entry -> entry.link().name()));
        this.facts = facts;
    }

    @Override
    protected List<Entry> read() {
        return facts.all();
    }

    @Override
    protected List<Entry> read(Set<Change> about) {
        return facts.some(rows(about, Kind.LINK), rows(about, Kind.IDENTITY));
    }

    /** The groups of a link are those of its identity. */
    @Override
    protected boolean concerns(Set<Change> about, Entry entry) {
        return about.contains(new Change(Kind.LINK, entry.link().id()))
                || about.contains(new Change(Kind.IDENTITY, entry.link().identityId()));
    }
}
