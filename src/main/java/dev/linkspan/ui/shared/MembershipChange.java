package dev.linkspan.ui.shared;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A change to who is in what: identities and their groups, or groups and their identities. One side are the subjects,
 * whose change it is; the other are the choices, each of which all, some or none of the subjects have. Immutable.
 */
public final class MembershipChange {
    /** One whose memberships are changed, with what it has so far. */
    public record Subject(String id, String name, Set<String> has) {}

    /** How many of the subjects have a choice. */
    public enum Share {
        NONE,
        SOME,
        ALL
    }

    private final List<Subject> subjects;
    private final Map<String, Integer> counts;
    private final Map<String, Boolean> wanted;

    private MembershipChange(List<Subject> subjects, Map<String, Integer> counts, Map<String, Boolean> wanted) {
        this.subjects = subjects;
        this.counts = counts;
        this.wanted = wanted;
    }

    /** Nothing is to change yet. */
    public static MembershipChange none(List<Subject> subjects) {
        Map<String, Integer> counts = new HashMap<>();
        subjects.forEach(subject -> subject.has().forEach(choice -> counts.merge(choice, 1, Integer::sum)));
        return new MembershipChange(List.copyOf(subjects), counts, Map.of());
    }

    /** The same change to subjects that have changed meanwhile; what it would no longer change falls away. */
    public MembershipChange on(List<Subject> current) {
        MembershipChange now = none(current);
        Map<String, Boolean> still = new HashMap<>(wanted);
        still.entrySet()
                .removeIf(choice -> now.before(choice.getKey()) == (choice.getValue() ? Share.ALL : Share.NONE));
        return new MembershipChange(now.subjects, now.counts, Map.copyOf(still));
    }

    public List<Subject> subjects() {
        return subjects;
    }

    /** How many have the choice now. */
    public int count(String choice) {
        return counts.getOrDefault(choice, 0);
    }

    /** How many of the subjects have the choice now. */
    public Share before(String choice) {
        int count = count(choice);
        return count == 0 ? Share.NONE : count == subjects.size() ? Share.ALL : Share.SOME;
    }

    /** How many of the subjects would have it. */
    public Share after(String choice) {
        Boolean all = wanted.get(choice);
        return all == null ? before(choice) : all ? Share.ALL : Share.NONE;
    }

    /** The next state of a choice: all, none, and what it was at first. */
    public MembershipChange toggled(String choice) {
        Map<String, Boolean> next = new HashMap<>(wanted);
        Share first = before(choice);
        switch (after(choice)) {
            case NONE -> set(next, choice, first == Share.NONE ? true : null, first);
            case SOME -> next.put(choice, true);
            case ALL -> set(next, choice, false, first);
        }
        return new MembershipChange(subjects, counts, Map.copyOf(next));
    }

    private static void set(Map<String, Boolean> next, String choice, Boolean all, Share first) {
        if (all == null || (!all && first == Share.NONE)) {
            next.remove(choice);
        } else {
            next.put(choice, all);
        }
    }

    /** For each choice that is to change whether all are to have it, or none. */
    Map<String, Boolean> wanted() {
        return wanted;
    }

    /** That change to the same subjects; what would change nothing falls away. */
    MembershipChange wanting(Map<String, Boolean> other) {
        return new MembershipChange(subjects, counts, other).on(subjects);
    }

    MembershipChange without(String choice) {
        Map<String, Boolean> left = new HashMap<>(wanted);
        left.remove(choice);
        return new MembershipChange(subjects, counts, Map.copyOf(left));
    }

    /** The same change as far as there are these choices. */
    public MembershipChange among(Set<String> choices) {
        Map<String, Boolean> left = new HashMap<>(wanted);
        left.keySet().retainAll(choices);
        return new MembershipChange(subjects, counts, Map.copyOf(left));
    }

    /**
     * The same change to choices of which some have other names by now.
     *
     * @param names the new name of each by the old one
     */
    MembershipChange renamed(Map<String, String> names) {
        Map<String, Boolean> now = new HashMap<>();
        wanted.forEach((choice, all) -> now.put(names.getOrDefault(choice, choice), all));
        List<Subject> subjectsNow = subjects.stream()
                .map(subject -> new Subject(subject.id(), subject.name(), renamed(subject.has(), names)))
                .toList();
        MembershipChange counted = none(subjectsNow);
        return new MembershipChange(counted.subjects, counted.counts, Map.copyOf(now));
    }

    private static Set<String> renamed(Set<String> choices, Map<String, String> names) {
        return choices.stream()
                .map(choice -> names.getOrDefault(choice, choice))
                .collect(Collectors.toSet());
    }

    /** How many choices are to change. */
    public int size() {
        return wanted.size();
    }

    /** How many memberships come or go, those of all subjects together. */
    public int memberships() {
        return subjects.stream()
                .mapToInt(subject -> added(subject).size() + removed(subject).size())
                .sum();
    }

    public boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** The ids of the choices that are to change. */
    public Set<String> changed() {
        return new TreeSet<>(wanted.keySet());
    }

    /** What a subject would get. */
    public Set<String> added(Subject subject) {
        return part(subject, true);
    }

    /** What a subject would lose. */
    public Set<String> removed(Subject subject) {
        return part(subject, false);
    }

    private Set<String> part(Subject subject, boolean get) {
        Set<String> part = new TreeSet<>();
        wanted.forEach((choice, all) -> {
            if (all == get && subject.has().contains(choice) != get) {
                part.add(choice);
            }
        });
        return part;
    }

    /** What a subject would have. */
    public Set<String> result(Subject subject) {
        Set<String> result = new HashSet<>(subject.has());
        result.addAll(added(subject));
        result.removeAll(removed(subject));
        return result;
    }

    /** The subjects that would get a choice. */
    public List<Subject> gaining(String choice) {
        return Boolean.TRUE.equals(wanted.get(choice))
                ? subjects.stream()
                        .filter(subject -> !subject.has().contains(choice))
                        .toList()
                : List.of();
    }

    /** The subjects that would lose a choice. */
    public List<Subject> losing(String choice) {
        return Boolean.FALSE.equals(wanted.get(choice))
                ? subjects.stream()
                        .filter(subject -> subject.has().contains(choice))
                        .toList()
                : List.of();
    }

    /** The subjects that would get or lose something. */
    public List<Subject> touched() {
        return subjects.stream()
                .filter(subject ->
                        !added(subject).isEmpty() || !removed(subject).isEmpty())
                .toList();
    }
}
