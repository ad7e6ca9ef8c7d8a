package dev.linkspan.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server that looks like a stock LXD 6.9 on the wire, as far as bidirectional cluster links go: it issues tokens,
 * consumes them, keeps identities and links. {@link #on} and the {@link PeerAddress} let it misbehave.
 *
 * <p>Like the stock server it forgets a secret when it has been used, deletes a pending link whose expired token
 * arrives, stores the addresses of an activation unverified when one of them passes, and trusts an issuer only after
 * that one has answered the activation.
 */
public final class ScriptedPeer implements AutoCloseable {

    private static final Duration PROBE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String NO_PENDING = "Failed during search for pending identity: Failed finding a matching"
            + " pending identity: No pending identities found with given secret";
    private static final String AGENT = "User-Agent: LXD 6.9 (Linux; x86_64; 6.8.0; Ubuntu; 24.04) (dir 1)";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final TestCertificate certificate;
    private final List<PeerAddress> addresses = new CopyOnWriteArrayList<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final Rules rules = new Rules();
    private final Map<String, Pending> pending = new HashMap<>();
    private final Map<String, String> trusted = new HashMap<>();
    private final Map<String, List<String>> links = new HashMap<>();
    private volatile List<String> extensions = List.of(
            "explicit_trust_token",
            "clustering",
            "access_management",
            "access_management_tls",
            "entities_with_entitlements",
            "client_cert_presence",
            "cluster_links",
            "cluster_links_used_by",
            "cluster_links_unidirectional",
            "cluster_links_public");
    private volatile boolean clustered;
    private volatile boolean denying;

    /** An identity whose token is still unused, with a link of the same name unless it is for one way. */
    private record Pending(String link, Instant expiresAt, boolean oneWay) {}

    private ScriptedPeer(String name) {
        this.name = name;
        this.certificate = TestCertificates.lxdServer(name);
    }

    /** Starts a peer that listens at one free port of the loopback. */
    public static ScriptedPeer start(String name) {
        ScriptedPeer peer = new ScriptedPeer(name);
        peer.addAddress();
        return peer;
    }

    /** An address at which nothing listens: connections are refused. */
    public static String deadAddress() {
        return "127.0.0.1:1";
    }

    public String name() {
        return name;
    }

    public TestCertificate certificate() {
        return certificate;
    }

    public String fingerprint() {
        return certificate.fingerprint();
    }

    /** Listens at one more address, with the certificate of the peer. */
    public PeerAddress addAddress() {
        return addAddress(certificate);
    }

    /** Listens at one more address, with a certificate of its own. */
    public PeerAddress addAddress(TestCertificate served) {
        return addAddress(served, "127.0.0.1");
    }

    /** Listens at all addresses of this machine, at one port. */
    public PeerAddress addEverywhere() {
        return addAddress(certificate, "0.0.0.0");
    }

    private PeerAddress addAddress(TestCertificate served, String host) {
        try {
            PeerAddress address = new PeerAddress(this, served, host);
            addresses.add(address);
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first address. */
    public PeerAddress address() {
        return addresses.getFirst();
    }

    /** All addresses, as they stand in tokens and activations. */
    public List<String> addresses() {
        return addresses.stream().map(PeerAddress::address).toList();
    }

    /** A rule for requests to any address. */
    public Rules.Rule on(String method, String path) {
        return rules.on(method, path);
    }

    /** A rule for activations of links. */
    public Rules.Rule onActivation() {
        return on("POST", "/1.0/cluster/links");
    }

    /** Forgets all rules of all addresses and ends all stalls. */
    public void behave() {
        rules.clear();
        addresses.forEach(address -> {
            address.rules().clear();
            address.behave();
        });
    }

    /** Answers trusted callers at {@code GET /1.0} and elsewhere as if they weren't. */
    public void denyTrust(boolean deny) {
        denying = deny;
    }

    /** Announces these API extensions only. */
    public void extensions(String... announced) {
        extensions = List.of(announced);
    }

    /** Answers the list of members, one for each address. */
    public void clustered() {
        clustered = true;
    }

    /** Everything that was asked so far, in order of arrival. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    public List<ReceivedRequest> requests(String method, String path) {
        return requests.stream().filter(request -> request.is(method, path)).toList();
    }

    /** The activations of links that arrived, answered or not. */
    public List<ReceivedRequest> activations() {
        return requests("POST", "/1.0/cluster/links");
    }

    /** TCP connections to all addresses so far. */
    public int connections() {
        return addresses.stream().mapToInt(PeerAddress::connections).sum();
    }

    /** Whether a caller with this certificate is trusted in truth, whatever is answered to it. */
    public boolean trusts(String fingerprint) {
        synchronized (pending) {
            return trusted.containsKey(fingerprint);
        }
    }

    /** Names of the links whose token is still unused. */
    public Set<String> pendingLinks() {
        synchronized (pending) {
            Set<String> names = new LinkedHashSet<>();
            pending.values().forEach(identity -> names.add(identity.link()));
            return names;
        }
    }

    /** Stored addresses of a link whose token was used: none when that was done for one way. Empty without such a link. */
    public Optional<List<String>> link(String link) {
        synchronized (pending) {
            return Optional.ofNullable(links.get(link));
        }
    }

    /** Removes identity and link of the cluster with this certificate. */
    public void forget(String fingerprint) {
        synchronized (pending) {
            String link = trusted.remove(fingerprint);
            if (link != null) {
                links.remove(link);
            }
        }
    }

    // ---- As issuer

    /** A pending link and its token, good for 15 days. */
    public TrustTokenText issueToken(String link) {
        return issueToken(link, Instant.now().plus(Duration.ofDays(15)));
    }

    public TrustTokenText issueToken(String link, Instant expiresAt) {
        return issueToken(link, expiresAt, false);
    }

    /** A pending identity, for a cluster that is to link one way, and its token, good for 15 days. */
    public TrustTokenText issueOneWayToken(String identity) {
        return issueToken(identity, Instant.now().plus(Duration.ofDays(15)), true);
    }

    private TrustTokenText issueToken(String link, Instant expiresAt, boolean oneWay) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String text = HexFormat.of().formatHex(secret);
        synchronized (pending) {
            pending.put(text, new Pending(link, expiresAt, oneWay));
        }
        return new TrustTokenText(
                link, fingerprint(), addresses(), text, expiresAt.toString(), TrustTokenText.LINK_TYPE);
    }

    void record(ReceivedRequest request) {
        requests.add(request);
    }

    Fault fault(ReceivedRequest request, PeerAddress address) {
        return address.rules().fault(request).or(() -> rules.fault(request)).orElseGet(Fault::none);
    }

    /** What a stock LXD would answer, with all its effects. */
    Answer stockAnswer(ReceivedRequest request, PeerAddress address) {
        boolean isTrusted = !denying && request.caller() != null && trusts(request.callerFingerprint());
        String path = request.path().split("\\?")[0];
        return switch (request.method() + " " + path) {
            case "GET /" -> StockAnswers.success(List.of("/1.0"));
            case "GET /1.0" -> StockAnswers.success(serverInfo(request, address, isTrusted));
            case "GET /1.0/cluster/members" -> members(isTrusted);
            case "POST /1.0/cluster/links" -> post(request);
            case "POST /1.0/auth/identities/tls" -> activateIdentity(request, isTrusted);
            case "GET /1.0/auth/identities/current" ->
                isTrusted
                        ? StockAnswers.success(Map.of("groups", List.of("b", "a"), "fine_grained", true))
                        : StockAnswers.error(403, "Forbidden");
            default -> {
                if (!isTrusted) {
                    yield StockAnswers.error(403, "Forbidden");
                }
                if (request.is("DELETE", "/1.0/auth/identities/tls/" + request.callerFingerprint())) {
                    forget(request.callerFingerprint());
                    yield StockAnswers.success(Map.of());
                }
                if (request.is("PUT", "/1.0/auth/identities/tls/" + request.callerFingerprint())) {
                    yield replaceCertificate(request);
                }
                yield StockAnswers.error(404, "Not Found");
            }
        };
    }

    /** An identity without any right may replace its own certificate; its groups must be given, sorted. */
    private Answer replaceCertificate(ReceivedRequest request) {
        JsonNode body = request.body();
        if (!body.path("groups").toString().equals("[\"a\",\"b\"]")) {
            return StockAnswers.error(403, "Only the certificate may be changed");
        }
        String fingerprint;
        try {
            fingerprint = TestCertificate.fingerprint(
                    parse(body.path("tls_certificate").asString("")));
        } catch (CertificateException e) {
            return StockAnswers.error(400, "Invalid PEM block");
        }
        synchronized (pending) {
            trusted.put(fingerprint, trusted.remove(request.callerFingerprint()));
        }
        return StockAnswers.success(Map.of());
    }

    private Map<String, Object> serverInfo(ReceivedRequest request, PeerAddress address, boolean isTrusted) {
        Map<String, Object> info = StockAnswers.serverInfo(extensions, isTrusted, request.caller() != null);
        if (isTrusted) {
            Map<String, Object> environment = new LinkedHashMap<>();
            environment.put("addresses", addresses());
            environment.put("architectures", List.of("x86_64", "i686"));
            environment.put("certificate", address.certificate().pem());
            environment.put("certificate_fingerprint", address.certificate().fingerprint());
            environment.put("server", "lxd");
            environment.put("server_clustered", clustered);
            environment.put("server_event_mode", "full-mesh");
            environment.put("server_name", name);
            environment.put("server_pid", 1);
            environment.put("server_version", "6.9");
            environment.put("project", "default");
            info.put("auth_user_name", request.callerFingerprint());
            info.put("auth_user_method", "tls");
            info.put("environment", environment);
        }
        return info;
    }

    private Answer members(boolean isTrusted) {
        if (!isTrusted) {
            return StockAnswers.error(403, "Forbidden");
        }
        if (!clustered) {
            return StockAnswers.error(500, "Server is not clustered");
        }
        List<Map<String, Object>> members = new ArrayList<>();
        for (String address : addresses()) {
            Map<String, Object> member = new LinkedHashMap<>();
            member.put("server_name", name + "-" + members.size());
            member.put("url", "https://" + address);
            member.put("status", "Online");
            member.put("message", "Fully operational");
            members.add(member);
        }
        return StockAnswers.success(members);
    }

    private Answer post(ReceivedRequest request) {
        JsonNode body;
        try {
            body = request.body();
        } catch (JacksonException e) {
            return StockAnswers.error(400, e.getOriginalMessage());
        }
        if (!"bidirectional".equals(body.path("type").asString(""))) {
            return StockAnswers.error(
                    400, "Invalid cluster link type \"" + body.path("type").asString("") + "\"");
        }
        if (body.path("trust_token").asString("").isEmpty()) {
            return StockAnswers.error(403, "Trust token required");
        }
        if (!body.path("name").asString("").isEmpty()) {
            return StockAnswers.error(403, "Forbidden");
        }
        if (body.path("config").path("volatile.addresses").asString("").isBlank()) {
            return StockAnswers.error(
                    400,
                    "Invalid cluster link request: expected one of pending creation (name without trust_token), active"
                            + " creation (name with trust_token), or activation (trust_token with non-empty"
                            + " \"volatile.addresses\")");
        }
        return activate(body);
    }

    private Answer activate(JsonNode body) {
        TrustTokenText token;
        try {
            token = TrustTokenText.decode(body.path("trust_token").asString(""));
        } catch (IllegalArgumentException | JacksonException e) {
            return StockAnswers.error(403, "Invalid trust token: " + e.getMessage());
        }
        if (!token.type().equals(TrustTokenText.LINK_TYPE)) {
            return StockAnswers.error(403, "Invalid trust token type \"" + token.type() + "\"");
        }
        Optional<Answer> refused = secretProblem(token.secret());
        if (refused.isPresent()) {
            return refused.get();
        }
        String pem = body.path("cluster_certificate").asString("");
        if (pem.isEmpty()) {
            return StockAnswers.error(400, "Cluster certificate required");
        }
        String fingerprint;
        try {
            fingerprint = TestCertificate.fingerprint(parse(pem));
        } catch (CertificateException e) {
            return StockAnswers.error(500, "Invalid PEM block");
        }
        List<String> posted = Arrays.stream(body.path("config")
                        .path("volatile.addresses")
                        .asString()
                        .split(","))
                .map(String::trim)
                .toList();
        List<String> failures = probe(posted, fingerprint);
        if (failures.size() == posted.size()) {
            return StockAnswers.error(
                    400,
                    "Failed validating cluster certificate: Failed retrieving cluster certificate from any address: "
                            + String.join("\n", failures));
        }
        synchronized (pending) {
            Pending identity = pending.get(token.secret());
            if (identity == null) {
                return StockAnswers.error(
                        404,
                        "Failed activating identity \"" + UUID.randomUUID()
                                + "\": Failed getting pending TLS identity: Identity not found");
            }
            if (identity.oneWay()) {
                return StockAnswers.error(
                        404, "Failed loading cluster link: Failed loading cluster link: Cluster link not found");
            }
            if (trusted.containsKey(fingerprint)) {
                return StockAnswers.error(409, "A cluster link already exists between these clusters");
            }
            pending.remove(token.secret());
            trusted.put(fingerprint, identity.link());
            links.put(identity.link(), posted);
        }
        refresh(posted, fingerprint);
        return StockAnswers.created("/1.0/auth/identities/tls/" + fingerprint);
    }

    private Answer activateIdentity(ReceivedRequest request, boolean isTrusted) {
        if (isTrusted) {
            return StockAnswers.error(403, "Forbidden");
        }
        JsonNode body = request.body();
        if (body.path("trust_token").asString("").isEmpty()) {
            return StockAnswers.error(403, "Trust token required");
        }
        if (request.caller() == null) {
            return StockAnswers.error(400, "No client certificate provided");
        }
        String secret =
                TrustTokenText.decode(body.path("trust_token").asString()).secret();
        Optional<Answer> refused = secretProblem(secret);
        if (refused.isPresent()) {
            return refused.get();
        }
        synchronized (pending) {
            Pending identity = pending.remove(secret);
            trusted.put(request.callerFingerprint(), identity.link());
            if (!identity.oneWay()) {
                links.put(identity.link(), List.of());
            }
        }
        return StockAnswers.created("/1.0/auth/identities/tls/" + request.callerFingerprint());
    }

    private Optional<Answer> secretProblem(String secret) {
        synchronized (pending) {
            Pending identity = pending.get(secret);
            if (identity == null) {
                return Optional.of(StockAnswers.error(500, NO_PENDING));
            }
            if (identity.expiresAt().isBefore(Instant.now())) {
                pending.remove(secret);
                return Optional.of(
                        StockAnswers.error(500, "Failed during search for pending identity: Token has expired"));
            }
            return Optional.empty();
        }
    }

    // ---- As consumer

    /** Does what a stock LXD does when somebody gives it this token, and returns the activation's answer. */
    public Answer consume(String link, TrustTokenText token) {
        return consume(link, token, addresses());
    }

    /** The same with other addresses in the activation. */
    public Answer consume(String link, TrustTokenText token, List<String> posted) {
        List<String> failures = probe(token.addresses(), token.fingerprint());
        if (failures.size() == token.addresses().size()) {
            return StockAnswers.error(
                    400,
                    "Failed validating cluster certificate: Failed retrieving cluster certificate from any address: "
                            + String.join("\n", failures));
        }
        Answer first = null;
        for (String address : token.addresses()) {
            try {
                call(address, token.fingerprint(), null, "GET", "/1.0", null);
                Answer answer = activate(address, token, certificate, posted);
                if (answer.status() < 400) {
                    synchronized (pending) {
                        trusted.put(token.fingerprint(), link);
                        links.put(link, token.addresses());
                    }
                    refresh(token.addresses(), token.fingerprint());
                    return answer;
                }
                first = first == null ? answer : first;
            } catch (IOException e) {
                if (first == null) {
                    first = StockAnswers.error(502, "Failed activating cluster link \"" + link + "\": " + e);
                }
            }
        }
        return first;
    }

    /** Sends one activation, with any certificate and addresses, whether or not they are this peer's. */
    public Answer activate(TrustTokenText token, TestCertificate posted, List<String> postedAddresses) {
        try {
            return activate(token.addresses().getFirst(), token, posted, postedAddresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends this peer's own activation once. */
    public Answer activate(TrustTokenText token) {
        return activate(token, certificate, addresses());
    }

    private static Answer activate(
            String address, TrustTokenText token, TestCertificate posted, List<String> postedAddresses)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("description", "");
        body.put("config", Map.of("volatile.addresses", String.join(",", postedAddresses)));
        body.put("name", "");
        body.put("type", "bidirectional");
        body.put("trust_token", token.encode());
        body.put("auth_groups", null);
        body.put("cluster_certificate", posted.pem());
        return call(
                address,
                token.fingerprint(),
                null,
                "POST",
                "/1.0/cluster/links",
                StockAnswers.JSON.writeValueAsBytes(body));
    }

    /** Calls the peer of a link with this peer's certificate. */
    public Answer call(String address, String method, String path) {
        try {
            return call(address, null, certificate, method, path, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer call(
            String address, String fingerprint, TestCertificate as, String method, String path, byte[] body)
            throws IOException {
        var tls = fingerprint == null ? TestTls.client(as) : TestTls.pinned(fingerprint, as);
        try (HttpConnection connection = HttpConnection.tls(address, tls, PATIENCE)) {
            return connection.send(method, path, body, AGENT, "Accept-Encoding: gzip", "Connection: close");
        }
    }

    // ---- Both

    /** One failure text for each address that did not prove the certificate. */
    private static List<String> probe(List<String> candidates, String fingerprint) {
        List<String> failures = new CopyOnWriteArrayList<>();
        List<Thread> probes = candidates.stream()
                .map(address -> Thread.ofPlatform().daemon().start(() -> probeProblem(address, fingerprint)
                        .ifPresent(failures::add)))
                .toList();
        try {
            for (Thread thread : probes) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return failures;
    }

    private static Optional<String> probeProblem(String address, String fingerprint) {
        X509Certificate served;
        try {
            served = fetch(address, 5);
        } catch (ConnectException e) {
            return Optional.of("Failed retrieving certificate from \"" + address + "\": Get \"https://" + address
                    + "\": Cannot connect to: " + address + " (dial tcp " + address + ": connect: connection refused)");
        } catch (IOException e) {
            return Optional.of("Failed retrieving certificate from \"" + address + "\": " + e.getMessage());
        }
        if (!fingerprint.equals(TestCertificate.fingerprint(served))) {
            return Optional.of("Certificate fingerprint mismatch for address \"" + address + "\"");
        }
        try {
            Answer info = call(address, fingerprint, null, "GET", "/1.0", null);
            if (info.body().path("type").asString("").equals("sync")
                    && info.metadata().isObject()) {
                return Optional.empty();
            }
            return Optional.of("Failed verifying \"" + address + "\" is a LXD server: " + info.error());
        } catch (IOException | JacksonException e) {
            return Optional.of("Failed verifying \"" + address + "\" is a LXD server: " + e.getMessage());
        }
    }

    private static X509Certificate fetch(String address, int redirects) throws IOException {
        try (HttpConnection connection = HttpConnection.tls(address, TestTls.client(null), PROBE)) {
            Answer answer = connection.send("GET", "/", null, AGENT, "Accept-Encoding: gzip");
            if (answer.status() / 100 == 3 && answer.location() != null && redirects > 0) {
                URI target = URI.create("https://" + address).resolve(answer.location());
                String next = target.getHost() + ":" + (target.getPort() < 0 ? 443 : target.getPort());
                return next.equals(address) ? connection.peer() : fetch(next, redirects - 1);
            }
            return connection.peer();
        }
    }

    /** Asks for the other side's members, as LXD does at the end of both sides' part. Failures don't matter. */
    private void refresh(List<String> candidates, String fingerprint) {
        for (String address : candidates) {
            try {
                call(address, fingerprint, certificate, "GET", "/1.0", null);
                Answer members =
                        call(address, fingerprint, certificate, "GET", "/1.0/cluster/members?recursion=1", null);
                store(members, fingerprint);
                return;
            } catch (IOException | JacksonException e) {
                // The next address may do.
                continue;
            }
        }
    }

    private void store(Answer members, String fingerprint) {
        if (!members.metadata().isArray()) {
            return;
        }
        List<String> found = new ArrayList<>();
        for (JsonNode member : members.metadata()) {
            String url = member.path("url").asString("");
            if (!url.isEmpty()) {
                found.add(url.replaceFirst("^https://", ""));
            }
        }
        if (!found.isEmpty() && probe(found, fingerprint).size() < found.size()) {
            synchronized (pending) {
                links.put(trusted.get(fingerprint), found);
            }
        }
    }

    private static X509Certificate parse(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        addresses.forEach(PeerAddress::close);
    }
}
