package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.Caller;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Sentence;
import java.time.Instant;

/** Says how many trust tokens expire when another certificate comes in force, which they don't name. Isn't there while none is out. */
class TokensOut extends Paragraph {
    private final ClusterTools tools;
    private long out;

    TokensOut(ClusterTools tools) {
        this.tools = tools;
        setVisible(false);
        tools.live().refresh(this, Live::trust, this::ask);
    }

    /** Another one that begins with what this one has counted. */
    TokensOut again() {
        TokensOut other = new TokensOut(tools);
        other.show(out);
        return other;
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        ask();
    }

    private void ask() {
        Caller me = tools.me().get();
        tools.background().run(UI.getCurrent(), () -> count(me), this::show, problem -> {});
    }

    private long count(Caller me) {
        Instant now = Instant.now();
        return tools.identities().overview(me).stream()
                .filter(identity -> identity.pending()
                        && (identity.expiresAt() == null || identity.expiresAt().isAfter(now)))
                .count();
    }

    private void show(long counted) {
        out = counted;
        removeAll();
        add(new Sentence("rotation.tokens", out));
        setVisible(out > 0);
    }
}
