package dev.linkspan.link;

import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.access.TrustListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Remembers that a link was changed on any member: it may have become active. */
@Component
class LinkChanges implements TrustListener {
    private final AtomicBoolean changed = new AtomicBoolean(true);

    /** Whether there was one since the last call. */
    boolean take() {
        return changed.getAndSet(false);
    }

    @Override
    public void changed(Kind kind, long id) {
        if (kind == Kind.LINK) {
            allChanged();
        }
    }

    @Override
    public void allChanged() {
        changed.set(true);
    }
}
