package dev.linkspan.member;

import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.access.TrustListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Passes on that a member changed what belongs to the whole cluster. Stands between those who change and who listen. */
@Component
class ConfigurationChanges implements TrustListener {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener}, which must be quick, after each change. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void changed(Kind kind, long id) {
        if (kind == Kind.CONFIGURATION) {
            allChanged();
        }
    }

    @Override
    public void allChanged() {
        listeners.forEach(Runnable::run);
    }
}
