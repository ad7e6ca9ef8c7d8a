package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.identity.CertificateStore;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * A unidirectional link: we get an identity at the peer, which knows us by the certificate of the handshake; the peer
 * gets none here, only its certificate is pinned (cluster-links.md 1.14).
 */
@Component
class OneWay implements Direction {
    private final LinkRepository repository;
    private final LinkInserts inserts;
    private final ActivatingLinks links;
    private final CertificateStore certificates;

    OneWay(LinkRepository repository, LinkInserts inserts, ActivatingLinks links, CertificateStore certificates) {
        this.repository = repository;
        this.inserts = inserts;
        this.links = links;
        this.certificates = certificates;
    }

    @Override
    public LinkType type() {
        return LinkType.UNIDIRECTIONAL;
    }

    @Override
    public String extension() {
        return "access_management_tls";
    }

    @Override
    public String failed() {
        return "Failed activating unidirectional cluster link";
    }

    @Override
    public ProblemException trustedAlready(String name, String fingerprint, String address) {
        if (repository.find(LinkService.key(name)).isPresent()) {
            return taken(name);
        }
        return certificates.knows(fingerprint)
                ? Problem.CERTIFICATE_EXISTS.with()
                : Problem.LINK_PEER_KNOWS_US.with(address);
    }

    private static ProblemException taken(String name) {
        return Problem.LINK_EXISTS.with().prefixed("Failed creating cluster link " + Quoted.of(name) + ": ");
    }

    @Override
    public LinkRow reserve(
            Caller caller, CreateLinkFromToken command, X509Certificate certificate, List<String> proved) {
        if (repository.find(LinkService.key(command.name())).isPresent()) {
            throw taken(command.name());
        }
        long pinned = certificates.add(certificate, Certificates.pem(certificate));
        try {
            return inserts.insert(links.row(command, type(), proved, null, pinned));
        } catch (ProblemException e) {
            throw e.is(Problem.LINK_EXISTS) ? taken(command.name()) : e;
        }
    }

    @Override
    public String path() {
        return "/1.0/auth/identities/tls";
    }

    @Override
    public Map<String, Object> activation(TrustToken token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "");
        body.put("trust_token", token.encode());
        body.put("token", false);
        body.put("certificate", "");
        body.put("groups", null);
        return body;
    }

    /** The peer is only called: nothing is trusted but the certificate that it shows. */
    @Override
    public void trust(Caller caller, LinkRow link, String fingerprint) {}

    @Override
    public void discard(LinkRow link) {
        certificates.remove(link.certificateId());
    }
}
