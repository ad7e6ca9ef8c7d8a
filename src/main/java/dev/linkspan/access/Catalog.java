package dev.linkspan.access;

import dev.linkspan.access.TrustChanges.Change;
import dev.linkspan.access.TrustChanges.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All entities of a kind as lists show them, kept from one reading to the next: after a change only what it was about is
 * read again, by whoever asks first. Everybody who asks gets the same list, which is never changed, so that many open
 * pages cost the memory of one.
 */
public abstract class Catalog<E> implements TrustListener {
    /** From so many changes on it is quicker to read everything; perhaps nobody ever asks, so they aren't kept either. */
    private static final int MANY = 500;

    /** A member that died may have kept to itself what it had just made. */
    private static final long LONGEST = Duration.ofMinutes(5).toNanos();

    private final Comparator<E> order;
    private final Set<Change> changes = new HashSet<>();
    private boolean allChanged = true;
    private long readAt;
    private List<E> entries = List.of();

    protected Catalog(Comparator<E> order) {
        this.order = order;
    }

    /** All that are stored, in any order. */
    protected abstract List<E> read();

    /** Those that are stored of the ones that the changes are about, in any order. */
    protected abstract List<E> read(Set<Change> about);

    /** Whether one of the changes is about an entry. */
    protected abstract boolean concerns(Set<Change> about, E entry);

    /** All in their order, as they are now. */
    public final synchronized List<E> entries() {
        Set<Change> about;
        boolean all;
        synchronized (changes) {
            about = Set.copyOf(changes);
            all = allChanged || System.nanoTime() - readAt > LONGEST;
            changes.clear();
            allChanged = false;
        }
        if (all || !about.isEmpty()) {
            try {
                long now = System.nanoTime();
                entries = all ? sorted(read()) : renewed(about);
                readAt = all ? now : readAt;
            } catch (RuntimeException e) {
                allChanged();
                throw e;
            }
        }
        return entries;
    }

    private List<E> renewed(Set<Change> about) {
        List<E> now = new ArrayList<>(entries);
        now.removeIf(entry -> concerns(about, entry));
        now.addAll(read(about));
        return sorted(now);
    }

    private List<E> sorted(List<E> all) {
        return all.stream().sorted(order).toList();
    }

    /** Which entities of a kind are among the changed ones. */
    protected static Set<Long> rows(Set<Change> about, Kind kind) {
        return about.stream()
                .filter(change -> change.kind() == kind)
                .map(Change::id)
                .collect(Collectors.toSet());
    }

    @Override
    public final void made(Kind kind, long id) {
        changed(kind, id);
    }

    /** Groups are named in many entries. */
    @Override
    public final void changed(Kind kind, long id) {
        synchronized (changes) {
            switch (kind) {
                case GROUP -> allChanged = true;
                case IDENTITY, LINK -> changes.add(new Change(kind, id));
                default -> {}
            }
            if (changes.size() > MANY) {
                allChanged = true;
            }
            if (allChanged) {
                changes.clear();
            }
        }
    }

    @Override
    public final void allChanged() {
        synchronized (changes) {
            allChanged = true;
        }
    }
}
