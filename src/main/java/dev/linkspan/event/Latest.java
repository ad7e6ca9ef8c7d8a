package dev.linkspan.event;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers so many keys, and forgets the oldest. */
public class Latest<K> extends LinkedHashMap<K, Boolean> {
    private static final long serialVersionUID = 1L;

    private final int most;

    /** Nothing yet. */
    public Latest(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
        return size() > most;
    }
}
