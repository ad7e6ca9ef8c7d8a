package dev.linkspan.ui.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What was chosen before and what is chosen now. The difference is a value of its own, so that it can be undone, and
 * stays when somebody else changes what was there before.
 */
class Picked<T> {
    /** What was added and what was taken away. */
    record Difference<T>(Set<T> added, Set<T> removed) {
        Difference {
            added = Set.copyOf(added);
            removed = Set.copyOf(removed);
        }

        static <T> Difference<T> none() {
            return new Difference<>(Set.of(), Set.of());
        }

        /** What others make of it, without those that aren't wanted. */
        <U> Difference<U> mapped(Function<T, U> other, Predicate<U> wanted) {
            return new Difference<>(mapped(added, other, wanted), mapped(removed, other, wanted));
        }

        private static <T, U> Set<U> mapped(Set<T> items, Function<T, U> other, Predicate<U> wanted) {
            return items.stream().map(other).filter(wanted).collect(Collectors.toSet());
        }

        Difference<T> adding(Collection<T> items) {
            return new Difference<>(plus(added, items), minus(removed, items));
        }

        Difference<T> removing(Collection<T> items) {
            return new Difference<>(minus(added, items), plus(removed, items));
        }

        private static <T> Set<T> plus(Set<T> set, Collection<T> items) {
            Set<T> more = new HashSet<>(set);
            more.addAll(items);
            return more;
        }

        private static <T> Set<T> minus(Set<T> set, Collection<T> items) {
            Set<T> less = new HashSet<>(set);
            items.forEach(less::remove);
            return less;
        }
    }

    private final Supplier<Difference<T>> difference;
    private Set<T> before = new LinkedHashSet<>();

    Picked(Supplier<Difference<T>> difference) {
        this.difference = difference;
    }

    /** What is there by now without what was changed here. */
    void rebase(Collection<T> current) {
        before = new LinkedHashSet<>(current);
    }

    Collection<T> before() {
        return before;
    }

    /** Everything that is or was chosen. */
    List<T> all() {
        List<T> all = new ArrayList<>(before);
        all.addAll(added());
        return all;
    }

    List<T> now() {
        List<T> now = new ArrayList<>(before);
        now.removeAll(difference.get().removed());
        now.addAll(added());
        return now;
    }

    boolean has(T item) {
        return before.contains(item)
                ? !difference.get().removed().contains(item)
                : difference.get().added().contains(item);
    }

    boolean isAdded(T item) {
        return difference.get().added().contains(item) && !before.contains(item);
    }

    boolean isRemoved(T item) {
        return difference.get().removed().contains(item) && before.contains(item);
    }

    List<T> added() {
        return difference.get().added().stream().filter(this::isAdded).toList();
    }

    List<T> removed() {
        return difference.get().removed().stream().filter(this::isRemoved).toList();
    }

    int changes() {
        return added().size() + removed().size();
    }
}
