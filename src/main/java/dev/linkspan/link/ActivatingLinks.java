package dev.linkspan.link;

import dev.linkspan.store.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The rows of links whose token is being consumed. */
@Component
class ActivatingLinks {
    private final Vault vault;
    private final Clock clock;

    ActivatingLinks(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** A new row, with the token encrypted, which its maker is at work on from now on. */
    LinkRow row(CreateLinkFromToken command, LinkType type, List<String> proved, Long identityId, Long certificateId) {
        Instant now = clock.instant();
        return new LinkRow(
                null,
                command.name(),
                LinkService.key(command.name()),
                command.description(),
                type.name(),
                LinkPhase.ACTIVATING.name(),
                LinkRows.config(LinkConfig.userKeys(command.config())),
                String.join(",", proved),
                identityId,
                vault.encrypt(command.token().encode().getBytes(StandardCharsets.US_ASCII)),
                command.token().expiresAt(),
                now,
                0,
                now.plus(Handshake.LEASE),
                now,
                certificateId,
                null,
                null);
    }
}
