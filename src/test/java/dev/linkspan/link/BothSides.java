package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ReceivedRequest;
import dev.linkspan.testing.Rules;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One link between a server of ours and a scripted peer, seen from both sides. */
final class BothSides implements AutoCloseable {

    static final String LINKS = "/1.0/cluster/links";

    private final LinkspanProcess server;
    private final ApiClient admin;
    private final String link;
    private final Way way;
    private final ScriptedPeer peer;

    /** What the token that we consume is for, and how that looks on the wire. */
    enum Way {
        BOTH("bidirectional", LINKS, 201, "Failed activating cluster link", "link, Cluster link certificate, trust"),
        ONE(
                "unidirectional",
                "/1.0/auth/identities/tls",
                200,
                "Failed activating unidirectional cluster link",
                "link, no identity, no trust");

        private final String type;
        private final String activation;
        private final int made;
        private final String failed;
        private final String active;

        Way(String type, String activation, int made, String failed, String active) {
            this.type = type;
            this.activation = activation;
            this.made = made;
            this.failed = failed;
            this.active = active;
        }

        /** The status of the answer that says that the link was made. */
        int made() {
            return made;
        }

        /** How the error begins that says that it wasn't. */
        String failed() {
            return failed;
        }
    }

    BothSides(LinkspanProcess server, ApiClient admin, String link) {
        this(server, admin, link, Way.BOTH);
    }

    BothSides(LinkspanProcess server, ApiClient admin, String link, Way way) {
        this.way = way;
        this.server = server;
        this.admin = admin;
        this.link = link;
        this.peer = ScriptedPeer.start(link + "-peer");
    }

    String link() {
        return link;
    }

    ScriptedPeer peer() {
        return peer;
    }

    /** A rule for the activations that we send. */
    Rules.Rule onActivation() {
        return peer.on("POST", way.activation);
    }

    /** The same, for one address of the peer. */
    Rules.Rule onActivation(PeerAddress address) {
        return address.on("POST", way.activation);
    }

    /** The activations that we sent, answered or not. */
    List<ReceivedRequest> activations() {
        return peer.requests("POST", way.activation);
    }

    /** We consume a token that the peer issues now. */
    Answer consume() {
        return consume(token());
    }

    /** What the peer issues for the type of the link. */
    TrustTokenText token() {
        return way == Way.ONE ? peer.issueOneWayToken(link) : peer.issueToken(link);
    }

    Answer consume(TrustTokenText token) {
        return admin.post(LINKS, consuming(token.encode()));
    }

    Map<String, Object> consuming(String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", link);
        body.put("type", way.type);
        body.put("trust_token", token);
        return body;
    }

    /** We issue a token for the peer. */
    TrustTokenText issue() {
        Answer answer = admin.post(LINKS, Map.of("name", link, "type", "bidirectional"));
        assertThat(answer.status()).as("pending link: %s", answer).isEqualTo(201);
        return TrustTokenText.of(answer.metadata());
    }

    Answer get() {
        return admin.get(LINKS + "/" + link);
    }

    Answer delete() {
        return admin.delete(LINKS + "/" + link);
    }

    Answer state() {
        return admin.get(LINKS + "/" + link + "/state");
    }

    /** Our stored addresses, empty for a link that isn't active. */
    List<String> addresses() {
        String addresses =
                get().metadata().path("config").path("volatile.addresses").asString("");
        return addresses.isEmpty() ? List.of() : List.of(addresses.split(","));
    }

    /** Whether our side trusts callers with this certificate. */
    boolean weTrust(TestCertificate caller) {
        return server.https().as(caller).trusted();
    }

    /** What both sides have, in one line. */
    String agreement() {
        Answer identity = admin.get("/1.0/auth/identities/tls/" + link);
        String ours = get().status() == 404 ? "no link" : addresses().isEmpty() ? "link without addresses" : "link";
        String type = identity.status() == 404
                ? "no identity"
                : identity.metadata().path("type").asString();
        return "we: %s, %s, %s; peer: %s"
                .formatted(
                        ours,
                        type,
                        weTrust(peer.certificate()) ? "trust" : "no trust",
                        peer.trusts(server.fingerprint()) ? "trust" : "no trust");
    }

    void awaitBothActive(Duration limit) {
        await("we: " + way.active + "; peer: trust", limit);
    }

    /** Neither trusts the other, and nothing is left on our side. */
    void awaitNeither(Duration limit) {
        await("we: no link, no identity, no trust; peer: no trust", limit);
    }

    /** Our pending link is untouched, and nobody trusts anybody. */
    void assertStillPending() {
        assertThat(agreement())
                .isEqualTo("we: link without addresses, Cluster link certificate (pending), no trust; peer: no trust");
    }

    private void await(String wanted, Duration limit) {
        Instant end = Instant.now().plus(limit);
        String seen = agreement();
        while (!seen.equals(wanted) && Instant.now().isBefore(end)) {
            pause(Duration.ofMillis(250));
            seen = agreement();
        }
        assertThat(seen).as("link %s after %s", link, limit).isEqualTo(wanted);
    }

    /** Both active or neither: what is right when the peer's own will decides. */
    void awaitAgreement(Duration limit) {
        Instant end = Instant.now().plus(limit);
        String seen = agreement();
        while (!agreed(seen) && Instant.now().isBefore(end)) {
            pause(Duration.ofMillis(250));
            seen = agreement();
        }
        assertThat(agreed(seen)).as("link %s after %s: %s", link, limit, seen).isTrue();
    }

    private boolean agreed(String seen) {
        return seen.equals("we: " + way.active + "; peer: trust")
                || seen.equals("we: no link, no identity, no trust; peer: no trust");
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
