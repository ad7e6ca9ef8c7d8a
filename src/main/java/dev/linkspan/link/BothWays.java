package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.identity.Identities;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.member.Listening;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.ClusterCertificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A bidirectional link: the peer gets an identity here (cluster-links.md 1.12). */
@Component
class BothWays implements Direction {
    private final LinkInserts inserts;
    private final ActivatingLinks links;
    private final Identities identities;
    private final ClusterCertificate ours;
    private final Listening listening;

    BothWays(
            LinkInserts inserts,
            ActivatingLinks links,
            Identities identities,
            ClusterCertificate ours,
            Listening listening) {
        this.inserts = inserts;
        this.links = links;
        this.identities = identities;
        this.ours = ours;
        this.listening = listening;
    }

    @Override
    public LinkType type() {
        return LinkType.BIDIRECTIONAL;
    }

    @Override
    public String extension() {
        return "cluster_links";
    }

    @Override
    public String failed() {
        return "Failed activating cluster link";
    }

    /** Either we know the peer too, or it has kept its side of a link that is gone here. */
    @Override
    public ProblemException trustedAlready(String name, String fingerprint, String address) {
        return identities.knows(fingerprint)
                ? Problem.LINK_EXISTS_BETWEEN.with()
                : Problem.LINK_PEER_TRUSTS_US.with(address);
    }

    @Override
    public LinkRow reserve(
            Caller caller, CreateLinkFromToken command, X509Certificate certificate, List<String> proved) {
        long identity;
        try {
            identity = identities.addReserved(command.name(), command.groups(), certificate);
        } catch (ProblemException e) {
            throw e.is(Problem.IDENTITY_EXISTS) || e.is(Problem.CERTIFICATE_EXISTS)
                    ? Problem.LINK_EXISTS_BETWEEN.with()
                    : e;
        }
        return inserts.insert(links.row(command, type(), proved, identity, null));
    }

    @Override
    public String path() {
        return "/1.0/cluster/links";
    }

    @Override
    public Map<String, Object> activation(TrustToken token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("description", "");
        body.put("config", Map.of(ClusterLink.ADDRESSES_KEY, String.join(",", listening.ofAllMembers())));
        body.put("name", "");
        body.put("type", type().wireName());
        body.put("trust_token", token.encode());
        body.put("auth_groups", null);
        body.put("cluster_certificate", ours.pem());
        return body;
    }

    @Override
    public void trust(Caller caller, LinkRow link, String fingerprint) {
        identities.trust(caller, link.identityId(), fingerprint);
    }

    @Override
    public void discard(LinkRow link) {
        identities.discard(link.identityId());
    }
}
