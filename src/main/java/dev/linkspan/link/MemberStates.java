package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.member.ClusterKeys;
import dev.linkspan.member.ClusterMember;
import dev.linkspan.member.Members;
import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Peers;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The state of a link as a certain member of this cluster sees it: members may reach different networks. */
@Service
public class MemberStates {
    /** Where members ask each other; the link's name follows. */
    public static final String PATH = "/1.0/linkspan/member/cluster-links/";

    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final LinkService links;
    private final Members members;
    private final Peers peers;
    private final ClusterCertificate ours;
    private final ClusterKeys keys;

    MemberStates(LinkService links, Members members, Peers peers, ClusterCertificate ours, ClusterKeys keys) {
        this.links = links;
        this.members = members;
        this.peers = peers;
        this.ours = ours;
        this.keys = keys;
    }

    /**
     * The answer of another member; empty when {@code target} is this one.
     *
     * @throws ProblemException 404 for unknown links and members; 503 when the member doesn't answer
     */
    public Optional<JsonNode> elsewhere(Caller caller, String name, String target) {
        links.get(caller, name);
        ClusterMember member = members.named(target).orElseThrow(Problem.MEMBER_NOT_FOUND::with);
        if (members.here(member)) {
            return Optional.empty();
        }
        String address = member.address().isEmpty()
                ? member.addresses().stream().findFirst().orElse("")
                : member.address();
        String path = PATH + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/state";
        try (PeerConnection connection = peers.connect(ours.fingerprint(), true)) {
            PeerAnswer answer = connection.get(address, path, LIMIT);
            if (!answer.success()) {
                throw new ProblemException(answer.status(), answer.error());
            }
            return Optional.of(answer.metadata());
        } catch (PeerException e) {
            throw Problem.MEMBER_UNREACHABLE.with(Quoted.of(target), e.getMessage());
        }
    }

    /**
     * For other members, which have checked their caller: the state as this one sees it.
     *
     * @throws ProblemException 403 for everybody else
     */
    @OpenByProtocol("for the members of this cluster: only they can present its certificate")
    public LinkState here(Caller caller, String name) {
        String presented = caller.certificate().map(Certificates::fingerprint).orElse("");
        boolean member = presented.equals(ours.fingerprint())
                || keys.previous()
                        .filter(kept -> kept.fingerprint().equals(presented))
                        .isPresent();
        if (!member) {
            throw Problem.FORBIDDEN.with();
        }
        return links.state(Caller.system(), name);
    }
}
