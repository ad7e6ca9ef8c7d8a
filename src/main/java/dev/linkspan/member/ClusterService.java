package dev.linkspan.member;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.event.Events;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.KeyAndCertificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** This cluster: whether clustering is enabled, its members, its certificate (cluster-links.md 4.2 and 4.3). */
@Service
public class ClusterService {
    /** How long a certificate that was replaced is still good for telling peers of the new one. */
    public static final Duration OVERLAP = Duration.ofDays(7);

    /**
     * The cluster as every member shows it.
     *
     * @param serverName the answering member's name; empty when clustering isn't enabled
     */
    public record Info(String serverName, boolean enabled) {}

    private final JdbcClient jdbc;
    private final Clustering clustering;
    private final Members members;
    private final ClusterKeys keys;
    private final ClusterStart start;
    private final MemberLock lock;
    private final Listening listening;
    private final Access access;
    private final TrustChanges changes;
    private final ConfigurationHistory history;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    ClusterService(
            JdbcClient jdbc,
            Clustering clustering,
            Members members,
            ClusterKeys keys,
            ClusterStart start,
            MemberLock lock,
            Listening listening,
            Access access,
            TrustChanges changes,
            ConfigurationHistory history,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.clustering = clustering;
        this.members = members;
        this.keys = keys;
        this.start = start;
        this.lock = lock;
        this.listening = listening;
        this.access = access;
        this.changes = changes;
        this.history = history;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Whether clustering is enabled.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public Info info(Caller caller) {
        access.requireTrusted(caller);
        Clustering.State state = clustering.current();
        return new Info(state.enabled() ? state.name() : "", state.enabled());
    }

    /**
     * Refuses callers who may not change the cluster.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server
     */
    public void requireEditable(Caller caller) {
        access.require(caller, "can_edit");
    }

    /**
     * Refuses what {@link #change} would refuse, and to join another cluster: servers join by starting on its database.
     *
     * @param address of a member of another cluster; empty or null for none
     * @param token to join another cluster; empty or null for none
     * @throws ProblemException 403 without {@code can_edit} on the server; 400 and 500 as cluster-links.md 4.2
     */
    public void requireChangeable(Caller caller, EnableCluster command, String address, String token) {
        access.require(caller, "can_edit");
        if ((address != null && !address.isEmpty()) || (token != null && !token.isEmpty())) {
            throw Problem.CLUSTER_JOIN.with();
        }
        requireChangeable(command);
    }

    private void requireChangeable(EnableCluster command) {
        Clustering.State state = clustering.read();
        if (command.enabled()) {
            if (state.enabled()) {
                throw Problem.ALREADY_CLUSTERED.with();
            }
            clusterAddress(state);
            return;
        }
        if (!state.enabled()) {
            throw Problem.NOT_CLUSTERED.with();
        }
        String others = members.all().stream()
                .filter(member -> !members.here(member) && member.online())
                .map(ClusterMember::name)
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw Problem.CLUSTER_HAS_MEMBERS.with(others);
        }
    }

    private String clusterAddress(Clustering.State state) {
        String own = listening.address();
        String address = state.address().isEmpty() ? own : state.address();
        if (address.isEmpty() || Addresses.wildcard(address)) {
            throw Problem.CLUSTER_ADDRESS_WILDCARD.with();
        }
        return address;
    }

    /**
     * Enables or disables clustering. The certificate stays, and with it every link.
     *
     * @throws ProblemException as {@link #requireChangeable}
     */
    public void change(Caller caller, EnableCluster command) {
        access.require(caller, "can_edit");
        requireChangeable(command);
        transactions.run(() -> {
            boolean clustered = jdbc.sql("SELECT clustered FROM cluster FOR UPDATE")
                    .query(Boolean.class)
                    .single();
            if (clustered == command.enabled()) {
                throw clustered ? Problem.ALREADY_CLUSTERED.with() : Problem.NOT_CLUSTERED.with();
            }
            jdbc.sql("UPDATE cluster SET clustered = :clustered")
                    .param("clustered", command.enabled())
                    .update();
            if (command.enabled()) {
                jdbc.sql("UPDATE member SET name = :name, cluster_address = :address WHERE id = :id")
                        .param("name", command.serverName())
                        .param("address", clusterAddress(clustering.read()))
                        .param("id", start.memberId())
                        .update();
                history.record(caller, List.of(Configuration.CLUSTER_ADDRESS), start.memberId());
            } else {
                jdbc.sql("DELETE FROM member WHERE id <> :id")
                        .param("id", start.memberId())
                        .update();
            }
            changes.changed(TrustChanges.Kind.CONFIGURATION, 0);
            events.publish(
                    caller,
                    command.enabled() ? "cluster-enabled" : "cluster-disabled",
                    EntityUrl.of(EntityType.SERVER));
        });
        lock.move(command.enabled() ? MemberLock.member(start.memberId()) : MemberLock.only());
    }

    /**
     * The members, in the order in which they joined.
     *
     * @throws ProblemException 500 {@code Server is not clustered}, 403 for untrusted callers
     */
    public List<ClusterMember> members(Caller caller) {
        access.requireTrusted(caller);
        if (!clustering.current().enabled()) {
            throw Problem.NOT_CLUSTERED.with();
        }
        return members.all();
    }

    /**
     * One member.
     *
     * @throws ProblemException as {@link #members}, and 404
     */
    public ClusterMember member(Caller caller, String name) {
        return members(caller).stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(Problem.MEMBER_NOT_FOUND::with);
    }

    /**
     * Removes a member that was given up, so that its addresses are no longer told to anybody.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server; 404; 400 while it runs
     */
    public void remove(Caller caller, String name) {
        access.require(caller, "can_edit");
        ClusterMember member = member(caller, name);
        if (members.here(member) || member.online()) {
            throw Problem.MEMBER_RUNS.with(name);
        }
        transactions.run(() -> {
            jdbc.sql("DELETE FROM member WHERE id = :id")
                    .param("id", member.id())
                    .update();
            changes.changed(TrustChanges.Kind.CONFIGURATION, 0);
            events.publish(caller, "cluster-member-removed", EntityUrl.of(EntityType.SERVER));
        });
    }

    /**
     * Replaces the certificate of a clustered server at once, on all members. Linked clusters are told afterwards, as far
     * as the old certificate still opens their doors.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server; 404 when it isn't clustered; 400, 500 as
     *     cluster-links.md 4.3; 409 when the certificate is in use already
     */
    public void replaceCertificate(Caller caller, String certificatePem, String keyPem) {
        access.require(caller, "can_edit");
        KeyAndCertificate pair = KeyAndCertificate.ofPem(certificatePem, keyPem);
        if (!clustering.current().enabled()) {
            throw Problem.NOT_FOUND.with();
        }
        Certificates.requireUsable(pair.certificate(), clock.instant());
        String fingerprint = Certificates.fingerprint(pair.certificate());
        transactions.run(() -> {
            keys.requireUnknown(fingerprint);
            keys.putInForce(caller, pair, clock.instant().plus(OVERLAP));
            events.publish(caller, "cluster-certificate-updated", EntityUrl.of(EntityType.SERVER));
        });
        keys.reload();
    }
}
