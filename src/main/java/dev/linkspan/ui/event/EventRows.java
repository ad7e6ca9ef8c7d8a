package dev.linkspan.ui.event;

import com.vaadin.flow.data.provider.AbstractBackEndDataProvider;
import com.vaadin.flow.data.provider.Query;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.EventService;
import dev.linkspan.event.RecordedEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The events of a table, of which only what is in sight is read. The list ends at one event, so that rows stay where they
 * are while new ones come; a part is read from the event before it on that was read last, so that going far back costs no more
 * than the way there.
 */
class EventRows extends AbstractBackEndDataProvider<RecordedEvent, Void> {
    private final transient EventTools tools;
    private final transient Consumer<List<RecordedEvent>> read;
    private final transient TreeMap<Integer, Long> known = new TreeMap<>();
    private transient EventFilter filter = EventFilter.ALL;
    private transient RecordedEvent opened;
    private int size;

    /**
     * No events yet.
     *
     * @param read is told those that are about to be shown
     */
    EventRows(EventTools tools, Consumer<List<RecordedEvent>> read) {
        this.tools = tools;
        this.read = read;
    }

    /** Shows the events up to that one, of which there are so many. */
    void show(EventFilter wanted, long until, int count) {
        filter = wanted;
        size = count;
        known.clear();
        known.put(0, until == EventService.NEWEST ? until : until + 1);
        refreshAll();
    }

    /** Marks the one whose panel is open; null for none. */
    void mark(RecordedEvent event) {
        RecordedEvent before = opened;
        opened = event;
        Stream.of(before, event).filter(Objects::nonNull).forEach(this::refreshItem);
    }

    /** What a table's cells of that event are, for its looks; null for nothing particular. */
    String part(RecordedEvent event) {
        return opened != null && opened.id() == event.id() ? "picked" : null;
    }

    @Override
    public Object getId(RecordedEvent event) {
        return event.id();
    }

    @Override
    protected Stream<RecordedEvent> fetchFromBackEnd(Query<RecordedEvent, Void> query) {
        int from = query.getOffset();
        Map.Entry<Integer, Long> nearest = known.floorEntry(from);
        if (nearest == null) {
            return Stream.empty();
        }
        List<RecordedEvent> page = tools.events()
                .page(tools.me().get(), filter, nearest.getValue(), from - nearest.getKey(), query.getLimit());
        if (!page.isEmpty()) {
            known.put(from + page.size(), page.getLast().id());
        }
        read.accept(page);
        return page.stream();
    }

    @Override
    protected int sizeInBackEnd(Query<RecordedEvent, Void> query) {
        return size;
    }
}
