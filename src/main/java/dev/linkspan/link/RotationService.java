package dev.linkspan.link;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.TrustedIdentity;
import dev.linkspan.event.Events;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.member.ClusterKeys;
import dev.linkspan.member.ClusterService;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.ClusterCertificate;
import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Changes the cluster's certificate without breaking links: prepares and publishes the next one, tells those peers that
 * don't read it, shows what would break, and puts it in force.
 */
@Service
public class RotationService {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_NAMED = 10;

    /**
     * What everybody may know of our certificates.
     *
     * @param next the announced one; null when none is
     */
    public record Published(String currentFingerprint, String currentPem, PublishedCertificate next) {}

    private static final String UNREAD =
            "it links to this cluster one way and has not read the next certificate; a Linkspan"
                    + " does within minutes, at a LXD the link has to be deleted and made again";
    private static final String UNSEEN =
            "it links to this cluster one way and has not called since the change; on a Linkspan"
                    + " the new certificate can be confirmed on the link's page, at a LXD the link has to be deleted and made again";
    private static final String SILENT = "it does not answer now, but knows this certificate";
    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final PeerNotice notice;
    private final ClusterKeys keys;
    private final ClusterCertificate ours;
    private final Access access;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            MOST_AT_ONCE, Thread.ofPlatform().name("rotation-", 0).daemon().factory());
    private final Map<Long, String> readers = new ConcurrentHashMap<>();
    private volatile Published published;

    RotationService(
            JdbcClient jdbc,
            Contacts contacts,
            PeerNotice notice,
            ClusterKeys keys,
            ClusterCertificate ours,
            Access access,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.notice = notice;
        this.keys = keys;
        this.ours = ours;
        this.access = access;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The certificate in force and the announced one. Which linked clusters have read the latter is noted. */
    @OpenByProtocol("certificates are public; linked clusters read the next one here")
    public Published published(Caller caller) {
        Published known = published;
        String current = ours.fingerprint();
        String next = keys.next().map(ClusterKeys.Kept::fingerprint).orElse(null);
        boolean good = known != null
                && known.currentFingerprint().equals(current)
                && (next == null
                        ? known.next() == null
                        : known.next() != null && known.next().fingerprint().equals(next));
        if (!good) {
            known = new Published(
                    current,
                    ours.pem(),
                    keys.next()
                            .map(kept -> PublishedCertificate.of(kept.pair(), current))
                            .orElse(null));
            published = known;
        }
        // Who calls after a change has seen the new certificate and accepted it.
        String read = next == null && keys.previous().isPresent() ? current : next;
        if (read != null) {
            caller.identity()
                    .filter(identity -> identity.type().equals(IdentityType.CLUSTER_LINK))
                    .ifPresent(identity -> noteReader(identity, read));
        }
        return known;
    }

    private void noteReader(TrustedIdentity identity, String read) {
        if (!read.equals(readers.put(identity.id(), read))) {
            jdbc.sql("""
                    INSERT INTO rotation_reader (identity_id, fingerprint, read_at)
                    SELECT id, :fingerprint, :now FROM identity WHERE id = :id
                    ON DUPLICATE KEY UPDATE fingerprint = VALUE(fingerprint), read_at = VALUE(read_at)
                    """)
                    .param("fingerprint", read)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("id", identity.id())
                    .update();
        }
    }

    /**
     * How far it is, with the result for each link. Asks all peers, which takes up to 15 s.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server
     */
    public Rotation rotation(Caller caller) {
        access.require(caller, "can_edit");
        Optional<ClusterKeys.Kept> next = keys.next();
        Optional<ClusterKeys.Kept> previous = keys.previous();
        List<RotationLink> links = new ArrayList<>();
        if (next.isPresent()) {
            String fingerprint = next.get().fingerprint();
            Map<Long, Told> told = told(fingerprint);
            Set<Long> readers = readers(fingerprint);
            links.addAll(each(target -> remembered(
                    assess(target, next.get(), told.get(target.linkId())), readers.contains(target.linkId()))));
            links.addAll(incoming(fingerprint, null, UNREAD));
        } else if (previous.isPresent()) {
            Set<Long> readers = readers(ours.fingerprint());
            readers.addAll(madeSince(previous.get().since()));
            links.addAll(
                    each(target -> remembered(assessAfter(target, previous.get()), readers.contains(target.linkId()))));
            links.addAll(incoming(ours.fingerprint(), previous.get().since(), UNSEEN));
        }
        return new Rotation(
                ours.fingerprint(),
                next.map(ClusterKeys.Kept::fingerprint).orElse(null),
                next.map(ClusterKeys.Kept::since).orElse(null),
                previous.map(ClusterKeys.Kept::fingerprint).orElse(null),
                previous.map(ClusterKeys.Kept::until).orElse(null),
                links);
    }

    private <T> List<T> each(Function<ProbeTarget, T> work) {
        contacts.addMissing(clock.instant(), clock.instant());
        List<Future<T>> asked = contacts.targets().stream()
                .map(target -> workers.submit(() -> work.apply(target)))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : asked) {
            try {
                results.add(future.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking linked clusters", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("asking a linked cluster failed", e);
            }
        }
        return results;
    }

    private RotationLink assess(ProbeTarget target, ClusterKeys.Kept next, Told told) {
        if (!target.presentsOurs()) {
            return link(target, RotationResult.NOT_CONCERNED, "");
        }
        if (told != null && told.problem().isEmpty()) {
            return link(target, RotationResult.TOLD, "");
        }
        if (notice.trusting(target, next.pair()).isPresent()) {
            return link(target, RotationResult.ACCEPTS, "");
        }
        List<Probe.Result> answers = notice.answers(target, ours.pair());
        Optional<Probe.Result> trusting = answers.stream()
                .filter(result -> result.answer() != null && result.answer().trusted())
                .findFirst();
        if (trusting.isPresent()) {
            boolean reads = target.type() == LinkType.BIDIRECTIONAL
                    && trusting.get().answer().extensions().contains(LinkProbe.CERTIFICATES_EXTENSION);
            return reads
                    ? link(
                            target,
                            RotationResult.WAITING,
                            "it reads the next certificate when it next asks this cluster")
                    : link(target, RotationResult.TO_BE_TOLD, told == null ? "" : told.problem());
        }
        if (answers.stream().anyMatch(Probe.Result::proved)) {
            return notice.knowsPrevious(target)
                    ? link(target, RotationResult.TO_BE_TOLD, "it could not be told of the last change yet")
                    : link(target, RotationResult.REMOVED, "it does not trust this cluster any more");
        }
        return link(
                target,
                RotationResult.UNREACHABLE,
                "%s. If it cannot be reached within 7 days of the change, its administrator has to %s"
                        .formatted(reason(answers), byHand(target)));
    }

    private static String byHand(ProbeTarget target) {
        return target.type() == LinkType.BIDIRECTIONAL
                ? "replace the certificate of this cluster's identity there (on a Linkspan: confirm it on the link's page)"
                : "replace the certificate of this cluster's identity there";
    }

    private static String reason(List<Probe.Result> answers) {
        return answers.stream()
                .filter(result -> result.problem() != null)
                .findFirst()
                .map(result -> result.address() + ": " + result.problem().getMessage())
                .orElse("no address answers");
    }

    /** Why a peer could not be told of a certificate; empty when it was. */
    private record Told(String problem) {}

    /** What came of telling peers of a certificate, by the links' rows; one query. */
    private Map<Long, Told> told(String fingerprint) {
        Map<Long, Told> told = new HashMap<>();
        jdbc.sql("SELECT link_id, problem FROM rotation_link WHERE fingerprint = :fingerprint")
                .param("fingerprint", fingerprint)
                .query(row -> {
                    told.put(row.getLong(1), new Told(row.getString(2)));
                });
        return told;
    }

    private RotationLink assessAfter(ProbeTarget target, ClusterKeys.Kept previous) {
        if (!target.presentsOurs()) {
            return link(target, RotationResult.NOT_CONCERNED, "");
        }
        List<Probe.Result> answers = notice.answers(target, ours.pair());
        if (answers.stream()
                .anyMatch(result -> result.answer() != null && result.answer().trusted())) {
            return link(target, RotationResult.ACCEPTS, "");
        }
        if (answers.stream().noneMatch(Probe.Result::proved)) {
            return link(
                    target,
                    RotationResult.UNREACHABLE,
                    "%s. It is told as soon as it answers, until %s; after that its administrator has to %s"
                            .formatted(reason(answers), until(previous), byHand(target)));
        }
        return notice.knowsPrevious(target)
                ? link(target, RotationResult.TO_BE_TOLD, "it is told at the next probe")
                : link(target, RotationResult.REMOVED, "it does not trust this cluster any more");
    }

    private static String until(ClusterKeys.Kept previous) {
        return previous.until() == null ? "the next change" : UNTIL.format(previous.until());
    }

    private static RotationLink link(ProbeTarget target, RotationResult result, String detail) {
        return new RotationLink(target.name(), target.type(), false, result, detail);
    }

    /** What a peer has accepted counts also while it doesn't answer. */
    private static RotationLink remembered(RotationLink link, boolean read) {
        return read && link.result() == RotationResult.UNREACHABLE
                ? new RotationLink(link.name(), link.type(), false, RotationResult.ACCEPTS, SILENT)
                : link;
    }

    /** The rows of the links whose peers have read a certificate, or were told of it. */
    private Set<Long> readers(String fingerprint) {
        return new HashSet<>(jdbc.sql("""
                        SELECT l.id FROM rotation_reader r JOIN cluster_link l ON l.identity_id = r.identity_id
                        WHERE r.fingerprint = :fingerprint
                        UNION SELECT link_id FROM rotation_link WHERE fingerprint = :fingerprint AND problem = ''
                        """)
                .param("fingerprint", fingerprint)
                .query(Long.class)
                .set());
    }

    /** The rows of the links that were made with the certificate that is in force since then. */
    private Set<Long> madeSince(Instant change) {
        return jdbc.sql("SELECT id FROM cluster_link WHERE phase = 'ACTIVE' AND created_at >= :change")
                .param("change", Timestamp.from(change))
                .query(Long.class)
                .set();
    }

    /**
     * Clusters that link to us one way: we can't call them, they have to read the next certificate.
     *
     * @param since when it was put in force: whoever has called since has accepted it; null while it isn't
     */
    private List<RotationLink> incoming(String next, Instant since, String unread) {
        return jdbc.sql("""
                        SELECT i.name, COALESCE(r.read_at, c.called_at)
                        FROM identity i
                          LEFT JOIN cluster_link l ON l.identity_id = i.id
                          LEFT JOIN rotation_reader r ON r.identity_id = i.id AND r.fingerprint = :next
                          LEFT JOIN identity_call c ON c.identity_id = i.id AND c.called_at >= :since
                        WHERE i.type = :type AND l.id IS NULL ORDER BY i.name
                        """)
                .param("next", next)
                .param("since", since == null ? null : Timestamp.from(since))
                .param("type", IdentityType.CLUSTER_LINK)
                .query((row, n) -> {
                    boolean read = row.getTimestamp(2) != null;
                    return new RotationLink(
                            row.getString(1),
                            LinkType.UNIDIRECTIONAL,
                            true,
                            read ? RotationResult.ACCEPTS : RotationResult.NOT_READ,
                            read ? "" : unread);
                })
                .list();
    }

    /**
     * Prepares and publishes the next certificate; when one is prepared already it stays.
     *
     * @return its fingerprint
     * @throws ProblemException 403 without {@code can_edit} on the server
     */
    public String prepare(Caller caller) {
        access.require(caller, "can_edit");
        if (keys.next().isEmpty()) {
            transactions.run(() -> {
                jdbc.sql("SELECT id FROM cluster FOR UPDATE")
                        .query(Integer.class)
                        .single();
                if (keys.nextStored()) {
                    return;
                }
                jdbc.sql("DELETE FROM rotation_link").update();
                jdbc.sql("DELETE FROM rotation_reader").update();
                keys.prepare(keys.generate());
                events.publish(caller, "cluster-certificate-prepared", EntityUrl.of(EntityType.SERVER));
            });
        }
        return required(null).fingerprint();
    }

    private ClusterKeys.Kept required(String fingerprint) {
        ClusterKeys.Kept next = keys.next().orElseThrow(Problem.NO_ROTATION::with);
        if (fingerprint != null && !fingerprint.isEmpty() && !fingerprint.equals(next.fingerprint())) {
            throw Problem.ROTATION_CHANGED.with(fingerprint);
        }
        return next;
    }

    /**
     * Tells those peers that don't read the next certificate. From then on they know us by the next one only, so it should
     * be put in force soon after; the result is shown before.
     *
     * @param fingerprint of the next certificate that was shown; null not to compare
     * @throws ProblemException 403 without {@code can_edit} on the server; 400 when none is prepared, 409 for another one
     */
    public Rotation tell(Caller caller, String fingerprint) {
        access.require(caller, "can_edit");
        ClusterKeys.Kept next = required(fingerprint);
        Map<Long, Told> before = told(next.fingerprint());
        List<RotationLink> links = new ArrayList<>(each(target -> {
            RotationLink link = assess(target, next, before.get(target.linkId()));
            if (link.result() != RotationResult.TO_BE_TOLD && link.result() != RotationResult.WAITING) {
                return link;
            }
            // Once more: meanwhile the probes may have told it of the certificate in force, of which it then knows us.
            return tell(target, next)
                    .flatMap(problem -> tell(target, next))
                    .map(problem -> link(target, RotationResult.REFUSED, problem))
                    .orElseGet(() -> link(target, RotationResult.TOLD, ""));
        }));
        links.addAll(incoming(next.fingerprint(), null, UNREAD));
        return new Rotation(ours.fingerprint(), next.fingerprint(), next.since(), null, null, links);
    }

    /** Why it could not be told; empty when it was. */
    private Optional<String> tell(ProbeTarget target, ClusterKeys.Kept next) {
        return notice.tell(target, notice.known(target), next.pair());
    }

    /**
     * Puts the next certificate in force on all members. Peers that could not be told are told when they answer again,
     * within 7 days.
     *
     * @param force whether links that would break don't matter
     * @throws ProblemException 403 without {@code can_edit} on the server; 400 when none is prepared; 409 when links would
     *     break, or another one is prepared
     */
    public void putInForce(Caller caller, String fingerprint, boolean force) {
        access.require(caller, "can_edit");
        ClusterKeys.Kept next = required(fingerprint);
        if (!force) {
            requireComplete(rotation(caller));
        }
        transactions.run(() -> {
            keys.putInForce(caller, next.pair(), clock.instant().plus(ClusterService.OVERLAP));
            events.publish(caller, "cluster-certificate-updated", EntityUrl.of(EntityType.SERVER));
        });
        keys.reload();
    }

    private static void requireComplete(Rotation rotation) {
        List<RotationLink> breaking = rotation.breaking();
        if (!breaking.isEmpty()) {
            throw Problem.ROTATION_INCOMPLETE.with(
                    breaking.size(),
                    breaking.stream()
                            .limit(MOST_NAMED)
                            .map(link -> Quoted.of(link.name()))
                            .collect(Collectors.joining(", ")));
        }
    }

    /**
     * Gives the next certificate up. Peers that were told of it are told of the one in force again.
     *
     * @throws ProblemException 403 without {@code can_edit} on the server; 400 when none is prepared; 409 when a peer that
     *     was told can't be told back
     */
    public void cancel(Caller caller) {
        access.require(caller, "can_edit");
        ClusterKeys.Kept next = required(null);
        Map<Long, Told> told = told(next.fingerprint());
        String stuck = each(target -> told.containsKey(target.linkId())
                                && told.get(target.linkId()).problem().isEmpty()
                        ? notice.tell(target, next.pair(), ours.pair())
                                .map(problem -> Quoted.of(target.name()) + " (" + problem + ")")
                                .orElse("")
                        : "")
                .stream()
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        if (!stuck.isEmpty()) {
            throw Problem.ROTATION_NOT_CANCELLED.with(stuck);
        }
        transactions.run(() -> {
            keys.cancel();
            events.publish(caller, "cluster-certificate-cancelled", EntityUrl.of(EntityType.SERVER));
        });
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }
}
