package dev.linkspan.identity;

import dev.linkspan.member.Listening;
import dev.linkspan.member.ServerService;
import dev.linkspan.tls.ClusterCertificate;
import org.springframework.stereotype.Component;

/** Makes trust tokens that lead to this cluster. */
@Component
public class TokenIssuer {
    private final Listening listening;
    private final ClusterCertificate certificate;
    private final ServerService server;

    TokenIssuer(Listening listening, ClusterCertificate certificate, ServerService server) {
        this.listening = listening;
        this.certificate = certificate;
        this.server = server;
    }

    /**
     * A new token.
     *
     * @throws dev.linkspan.problem.ProblemException 500 when this server has no address to offer
     */
    public TrustToken issue(String clientName, String type) {
        return new TrustToken(
                clientName,
                certificate.fingerprint(),
                listening.offered(),
                TrustToken.newSecret(),
                server.tokenExpiry(),
                type);
    }
}
