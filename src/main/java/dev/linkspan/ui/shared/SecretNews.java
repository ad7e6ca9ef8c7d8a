package dev.linkspan.ui.shared;

import com.vaadin.flow.component.html.Div;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.IdentityHistory;
import java.time.Instant;
import java.util.Map;

/** Says in the dialog of a secret who ended it meanwhile, so that nobody is handed a dead one, or what it is for is called now. */
class SecretNews extends Div {
    private final boolean token;
    private boolean dead;

    /**
     * Nothing yet.
     *
     * @param identity that the secret is for
     * @param token whether it is its token, which another one or a revocation ends
     */
    SecretNews(Colleagues colleagues, EntityUrl identity, boolean token) {
        this.token = token;
        Instant shown = Instant.now();
        String source = identity.toString();
        getElement().setAttribute("aria-live", "polite");
        setVisible(false);
        colleagues
                .live()
                .follow(
                        this,
                        event -> event.source().equals(source) && event.at().isAfter(shown),
                        event -> tell(event, colleagues.name(event)));
    }

    private void tell(LifecycleEvent event, String who) {
        Map<String, String> detail = event.detail();
        if (event.action().equals("identity-deleted")) {
            end(new Sentence("secret.deleted", who));
        } else if (!token) {
            return;
        } else if (detail.containsKey(IdentityHistory.TOKEN_REVOKED)) {
            end(new Sentence("secret.revoked", who));
        } else if (detail.containsKey(IdentityHistory.TOKEN_ISSUED)) {
            end(new Sentence("secret.reissued", who));
        } else if (detail.containsKey(IdentityHistory.TOKEN_ENDED)) {
            end(new Sentence("secret.ended", who));
        } else if (detail.containsKey(IdentityHistory.RENAMED) && !dead) {
            show(Tone.CAUTION, new Sentence("secret.renamed", who, detail.get(IdentityHistory.RENAMED)));
        }
    }

    private void end(Sentence why) {
        dead = true;
        show(Tone.NEGATIVE, why);
    }

    private void show(Tone tone, Sentence news) {
        removeAll();
        setVisible(true);
        add(new Notice(tone, "users-round", news));
    }
}
