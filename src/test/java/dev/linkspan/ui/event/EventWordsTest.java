package dev.linkspan.ui.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.event.RecordedEvent;
import dev.linkspan.ui.identity.KnownIdentities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventWordsTest {
    private static final KnownIdentities NOBODY = new KnownIdentities(List.of());

    @ParameterizedTest
    @CsvSource({
        "cluster-link-created, '', '', 192.0.2.7:40000, Cluster link activated, Whoever had the token",
        "identity-updated, '', '', 192.0.2.7:40000, Identity activated, Whoever had the token",
        "cluster-link-created, root, unix, @, Cluster link created, Somebody on the server itself",
        "cluster-link-created, '', '', '', Cluster link created, This cluster itself",
        "identity-updated, jane, oidc, 192.0.2.7:40000, Identity changed, jane"
    })
    void whatAndWho(String action, String username, String protocol, String address, String what, String who) {
        RecordedEvent event = new RecordedEvent(
                1,
                Instant.EPOCH,
                "lifecycle",
                action,
                "/1.0/cluster/links/lisbon",
                "default",
                Map.of(),
                "",
                "",
                "",
                "",
                username,
                protocol,
                address,
                "");
        assertThat(EventWords.what(event)).isEqualTo(what);
        assertThat(EventWords.who(event, NOBODY)).isEqualTo(who);
    }
}
