package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who was shown the certificate of a public link and has not confirmed it. The stock client deletes the link when its
 * user declines, even when somebody else has confirmed it meanwhile.
 */
@Component
class PublicLinkAsked {
    private final JdbcClient jdbc;

    PublicLinkAsked(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void remember(long linkId, Caller caller) {
        jdbc.sql("INSERT IGNORE INTO public_link_asked (link_id, caller) VALUES (:link, :caller)")
                .param("link", linkId)
                .param("caller", key(caller))
                .update();
    }

    /** Whether the caller was still asked; from now on it isn't. */
    boolean forget(long linkId, Caller caller) {
        return jdbc.sql("DELETE FROM public_link_asked WHERE link_id = :link AND caller = :caller")
                        .param("link", linkId)
                        .param("caller", key(caller))
                        .update()
                == 1;
    }

    private static byte[] key(Caller caller) {
        String text = caller.protocol() + " " + caller.username();
        return Certificates.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
