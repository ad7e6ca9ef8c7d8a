package dev.linkspan.link;

import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Asks the peer of one link: whether it is there, proves itself and trusts us; what its next certificate is; and, when a
 * day has passed or something looks changed, for its addresses.
 */
@Component
class LinkProbe {
    private static final Pattern SOFTWARE = Pattern.compile("[a-z][\\w-]{0,30}");
    private static final Pattern VERSION = Pattern.compile("\\d[\\w.+~-]{0,40}");
    private static final Map<String, String> NAMES = Map.of("lxd", "LXD", "linkspan", "Linkspan");
    private static final String CERTIFICATES = "/1.0/linkspan/certificates";
    static final String CERTIFICATES_EXTENSION = "linkspan_certificates";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration REFRESHED_EVERY = Duration.ofDays(1);
    private static final int MOST_ADDRESSES = 64;

    private final Peers peers;
    private final AddressRefresh refresh;
    private final OtherCertificates certificates;
    private final PresentedCertificate presented;
    private final PeerNotice notice;
    private final Clock clock;

    LinkProbe(
            Peers peers,
            AddressRefresh refresh,
            OtherCertificates certificates,
            PresentedCertificate presented,
            PeerNotice notice,
            Clock clock) {
        this.peers = peers.apart();
        this.refresh = refresh;
        this.certificates = certificates;
        this.presented = presented;
        this.notice = notice;
        this.clock = clock;
    }

    ProbeOutcome ask(ProbeTarget target) {
        try (PeerConnection connection = connect(target)) {
            List<Probe.Result> results = results(connection, target.addresses());
            Optional<Probe.Result> good = results.stream()
                    .filter(result -> proved(result) && result.answer().trusted())
                    .findFirst()
                    .or(() -> results.stream().filter(LinkProbe::proved).findFirst());
            return good.isPresent() ? reached(target, connection, results, good.get()) : missed(target, results);
        }
    }

    /** Some addresses say enough; when none of these answers, the others are asked as well. */
    private static List<Probe.Result> results(PeerConnection connection, List<String> addresses) {
        List<String> some = addresses.stream().limit(MOST_ADDRESSES).toList();
        List<Probe.Result> results = Probe.all(connection, some, LIMIT, GRACE);
        boolean enough = some.size() == addresses.size() || results.stream().anyMatch(LinkProbe::proved);
        return enough ? results : Probe.all(connection, addresses.subList(some.size(), addresses.size()), LIMIT, GRACE);
    }

    private PeerConnection connect(ProbeTarget target) {
        return target.presentsOurs()
                ? presented
                        .to(target.linkId())
                        .map(ours -> peers.connectAs(ours, target.pins()))
                        .orElseGet(() -> peers.connect(target.pins(), true))
                : peers.connect(target.pins(), false);
    }

    private static boolean proved(Probe.Result result) {
        return result.proved() && result.answer().envelopeCode() == 200;
    }

    private ProbeOutcome reached(
            ProbeTarget target, PeerConnection connection, List<Probe.Result> results, Probe.Result good) {
        PeerAnswer info = good.answer();
        learnCertificates(target, connection, good);
        boolean trusted = info.trusted() || !target.presentsOurs() || notice.tellLate(target);
        byte[] view = view(info, results);
        boolean due = target.refreshedAt() == null
                || !clock.instant().isBefore(target.refreshedAt().plus(REFRESHED_EVERY));
        boolean refreshing = info.trusted() && (due || !Arrays.equals(view, target.view()));
        Integer members = refreshing ? refresh.refresh(target, connection, good.address(), info) : null;
        int answering = (int) results.stream().filter(LinkProbe::proved).count();
        return new ProbeOutcome(
                target,
                clock.instant(),
                trusted ? ContactStatus.ACTIVE : ContactStatus.NOT_TRUSTED,
                trusted ? "" : "the peer answers, but does not trust this cluster: it removed its side",
                answering,
                null,
                view,
                refreshing,
                software(info),
                members);
    }

    /** What a peer that trusts us says that it is: {@code LXD 6.4}; null when it doesn't say. */
    private static String software(PeerAnswer info) {
        JsonNode environment = info.metadata().path("environment");
        String name = environment.path("server").asString("");
        String version = environment.path("server_version").asString("");
        return SOFTWARE.matcher(name).matches() && VERSION.matcher(version).matches()
                ? NAMES.getOrDefault(name, name) + ' ' + version
                : null;
    }

    /** What the peer says of its addresses, and which of them answer. When it changes, the addresses are asked for. */
    private static byte[] view(PeerAnswer info, List<Probe.Result> results) {
        JsonNode environment = info.metadata().path("environment");
        TreeSet<String> view = new TreeSet<>(AddressRefresh.texts(environment.path("addresses")));
        view.add("clustered: " + environment.path("server_clustered").asBoolean(false));
        results.stream()
                .filter(result -> !proved(result))
                .map(result -> "silent: " + result.address())
                .forEach(view::add);
        return Certificates.sha256(String.join("\n", view).getBytes(StandardCharsets.UTF_8));
    }

    private void learnCertificates(ProbeTarget target, PeerConnection connection, Probe.Result good) {
        if (target.other() != null && target.otherIsNext()) {
            Optional<X509Certificate> shown = connection.shown(target.other());
            if (shown.isPresent()) {
                certificates.inForce(target, shown.get());
                return;
            }
        }
        if (!good.answer().extensions().contains(CERTIFICATES_EXTENSION)) {
            return;
        }
        try {
            PeerAnswer answer = connection.get(good.address(), CERTIFICATES, LIMIT);
            if (!answer.success()) {
                return;
            }
            JsonNode next = answer.metadata().path("next");
            if (next.isObject()) {
                certificates.announced(
                        target,
                        new PublishedCertificate(
                                Certificates.parse(next.path("certificate").asString("")),
                                Base64.getDecoder().decode(next.path("proof").asString(""))));
            } else {
                certificates.withdrawn(target);
            }
        } catch (PeerException | ProblemException | IllegalArgumentException e) {
            // The next probe asks again.
            return;
        }
    }

    private ProbeOutcome missed(ProbeTarget target, List<Probe.Result> results) {
        Instant now = clock.instant();
        Optional<PeerException> changed = results.stream()
                .map(Probe.Result::problem)
                .filter(problem -> problem != null && problem.certificate().isPresent())
                .findFirst();
        if (changed.isPresent()) {
            return new ProbeOutcome(
                    target,
                    now,
                    ContactStatus.CERTIFICATE_CHANGED,
                    "the peer shows the certificate " + changed.get().shown(),
                    0,
                    changed.get().certificate().map(Certificates::pem).orElse(null),
                    null,
                    false,
                    null,
                    null);
        }
        boolean notAsked = results.stream()
                .anyMatch(result -> result.problem() != null && result.problem().reason() == PeerException.Reason.BUSY);
        return notAsked
                ? new ProbeOutcome(target, now, target.status(), why(results), 0, null, null, false, null, null)
                : new ProbeOutcome(
                        target, now, ContactStatus.UNREACHABLE, why(results), 0, null, null, false, null, null);
    }

    /** The reason that is told of most addresses. */
    private static String why(List<Probe.Result> results) {
        return results.stream().map(LinkProbe::why).findFirst().orElse("no address is known");
    }

    private static String why(Probe.Result result) {
        if (result.problem() != null) {
            return result.problem().getMessage();
        }
        return result.answer().success()
                ? "the answer has no metadata"
                : result.answer().error();
    }
}
