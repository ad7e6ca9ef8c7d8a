package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
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
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The state of a link as a certain member of this cluster sees it: members may reach different networks. */
@Service
public class MemberStates {
    /** Where members ask each other; the link's name follows. */
    public static final String PATH = "/1.0/linkspan/member/cluster-links/";

    private static final Duration LIMIT = Duration.ofSeconds(8);

    /** In which words a member tells what it sees. */
    public enum Words {
        /** Those of the stock API. */
        STATE,
        /** Those of our own, with reasons. */
        STANDING;

        /** The last segment of where members ask each other. */
        public String segment() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What this member sees of a link of this type. */
    public record Seen(LinkType type, LinkState state) {}

    private final LinkService links;
    private final FetchLimit limit;
    private final Members members;
    private final Peers peers;
    private final ClusterCertificate ours;
    private final ClusterKeys keys;

    MemberStates(
            LinkService links,
            FetchLimit limit,
            Members members,
            Peers peers,
            ClusterCertificate ours,
            ClusterKeys keys) {
        this.links = links;
        this.limit = limit;
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
    public Optional<JsonNode> elsewhere(Caller caller, String name, String target, Words words) {
        links.requireViewableState(caller, name);
        ClusterMember member = members.named(target).orElseThrow(Problem.MEMBER_NOT_FOUND::with);
        if (members.here(member)) {
            return Optional.empty();
        }
        String path = PATH + EntityUrl.encode(name) + "/" + words.segment();
        return Optional.of(limit.within(caller, () -> ask(member, path)));
    }

    private JsonNode ask(ClusterMember member, String path) {
        String address = member.address().isEmpty()
                ? member.addresses().stream().findFirst().orElse("")
                : member.address();
        try (PeerConnection connection = peers.connect(ours.fingerprint(), true)) {
            PeerAnswer answer = connection.get(address, path, LIMIT);
            if (!answer.success()) {
                throw new ProblemException(answer.status(), answer.error());
            }
            return answer.metadata();
        } catch (PeerException e) {
            throw Problem.MEMBER_UNREACHABLE.with(Quoted.of(member.name()), e.getMessage());
        }
    }

    /**
     * For other members, which have checked their caller: the state as this one sees it.
     *
     * @throws ProblemException 403 for everybody else
     */
    @OpenByProtocol("for the members of this cluster: only they can present its certificate")
    public Seen here(Caller caller, String name) {
        String presented = caller.certificate().map(Certificates::fingerprint).orElse("");
        boolean member = presented.equals(ours.fingerprint())
                || keys.previous()
                        .filter(kept -> kept.fingerprint().equals(presented))
                        .isPresent();
        if (!member) {
            throw Problem.FORBIDDEN.with();
        }
        LinkType type = links.get(Caller.system(), name).type();
        return new Seen(type, links.state(Caller.system(), name));
    }
}
