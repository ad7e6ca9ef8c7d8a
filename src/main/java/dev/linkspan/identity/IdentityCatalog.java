package dev.linkspan.identity;

import dev.linkspan.access.Catalog;
import dev.linkspan.access.TrustChanges.Change;
import dev.linkspan.access.TrustChanges.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Component;

/** All identities as lists show them, by name, kept from one reading to the next. */
@Component
class IdentityCatalog extends Catalog<IdentityCatalog.Entry> {
    /**
     * An identity with all its auth groups.
     *
     * @param overview names all groups, also those that the reader of a list may not see
     */
    record Entry(IdentityOverview overview, List<Identity.Membership> groups) {
        /** As somebody sees it who may see these groups only. */
        IdentityOverview seenBy(LongPredicate visible) {
            return overview.in(Identity.Membership.names(groups, visible));
        }
    }

    private final IdentityReader reader;
    private final LinkedIdentities links;

    IdentityCatalog(IdentityReader reader, LinkedIdentities links) {
        super(Comparator.comparing(Entry::overview, IdentityOverview.BY_NAME));
        this.reader = reader;
        this.links = links;
    }

    @Override
    protected List<Entry> read() {
        return reader.entries(links.linked());
    }

    @Override
    protected List<Entry> read(Set<Change> about) {
        Set<Long> rows = rows(about, Kind.IDENTITY);
        return rows.isEmpty() ? List.of() : reader.entries(links.linked(), rows);
    }

    @Override
    protected boolean concerns(Set<Change> about, Entry entry) {
        return about.contains(new Change(Kind.IDENTITY, entry.overview().id()));
    }
}
