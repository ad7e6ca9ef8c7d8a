package dev.linkspan.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.access.TrustChanges.Change;
import dev.linkspan.access.TrustChanges.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a catalog reads again, and what it doesn't. */
class CatalogTest {
    private record Named(long id, String name) {}

    /** Of identities, which are read from a map that stands for the table. */
    private static final class Identities extends Catalog<Named> {
        private final Map<Long, String> stored = new TreeMap<>();
        private int readings;
        private int rowsRead;
        private boolean lost;

        Identities() {
            super(Comparator.comparing(Named::name));
        }

        @Override
        protected List<Named> read() {
            return read(rowsOf(stored.keySet()));
        }

        @Override
        protected List<Named> read(Set<Change> about) {
            if (lost) {
                throw new IllegalStateException("The table is away");
            }
            readings++;
            List<Named> found = rows(about, Kind.IDENTITY).stream()
                    .filter(stored::containsKey)
                    .map(id -> new Named(id, stored.get(id)))
                    .toList();
            rowsRead += found.size();
            return found;
        }

        @Override
        protected boolean concerns(Set<Change> about, Named entry) {
            return about.contains(new Change(Kind.IDENTITY, entry.id()));
        }

        private static Set<Change> rowsOf(Set<Long> ids) {
            return Set.copyOf(
                    ids.stream().map(id -> new Change(Kind.IDENTITY, id)).toList());
        }

        void store(long id, String name) {
            stored.put(id, name);
            changed(Kind.IDENTITY, id);
        }

        List<String> names() {
            return entries().stream().map(Named::name).toList();
        }
    }

    private final Identities catalog = new Identities();

    CatalogTest() {
        catalog.store(1, "cherry");
        catalog.store(2, "apple");
        catalog.entries();
        catalog.readings = 0;
        catalog.rowsRead = 0;
    }

    @Test
    void everybodyGetsTheSameListWithoutReading() {
        assertThat(catalog.entries()).isSameAs(catalog.entries());
        assertThat(catalog.names()).containsExactly("apple", "cherry");
        assertThat(catalog.readings).isZero();
    }

    @Test
    void onlyWhatHasChangedIsReadAgain() {
        List<Named> before = catalog.entries();
        catalog.store(3, "banana");
        catalog.store(1, "damson");
        assertThat(catalog.names()).containsExactly("apple", "banana", "damson");
        assertThat(catalog.rowsRead).isEqualTo(2);
        catalog.stored.remove(2L);
        catalog.changed(Kind.IDENTITY, 2);
        assertThat(catalog.names()).containsExactly("banana", "damson");
        assertThat(before).extracting(Named::name).containsExactly("apple", "cherry");
    }

    @Test
    void aChangedGroupAndVeryManyChangesAreReadAtOnce() {
        catalog.changed(Kind.GROUP, 7);
        assertThat(catalog.names()).hasSize(2);
        LongStream.range(0, 2_000).forEach(id -> catalog.store(id, "many " + id));
        assertThat(catalog.names()).hasSize(2_000);
        assertThat(catalog.readings).isEqualTo(2);
    }

    @Test
    void nothingIsForgottenWhileTheDatabaseIsAway() {
        catalog.store(1, "elder");
        catalog.lost = true;
        assertThatThrownBy(catalog::entries).hasMessage("The table is away");
        catalog.lost = false;
        assertThat(catalog.names()).containsExactly("apple", "elder");
    }
}
