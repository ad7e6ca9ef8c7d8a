package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.Linkspan;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.FreePort;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Every endpoint refuses who has no right: an untrusted caller and a trusted one in no group call each of them over HTTPS,
 * where everything that a path can name exists under the name {@value #NAME}. Those that are open are listed here.
 */
@ResourceLock("server in this process")
class RestDoorsIT {
    private static final String NAME = "classified";

    /** Open to everybody by protocol. */
    private static final Set<String> OPEN = Set.of(
            "GET /",
            "GET /1.0",
            "GET /1.0/linkspan/certificates",
            "GET /1.0/linkspan/member/cluster-links/{}/standing",
            "GET /1.0/linkspan/member/cluster-links/{}/state",
            "GET /1.0/metadata/configuration",
            "GET /1.0/operations/{}/wait",
            "GET /1.0/operations/{}/websocket",
            "POST /1.0/auth/identities/tls",
            "POST /1.0/certificates",
            "POST /1.0/cluster/links");

    /** What every authenticated caller may ask; it is about the caller itself, or filtered to nothing. */
    private static final Set<String> FOR_ANYBODY_TRUSTED = Set.of(
            "GET /",
            "GET /1.0",
            "GET /1.0/auth/groups",
            "GET /1.0/auth/identities",
            "GET /1.0/auth/identities/bearer",
            "GET /1.0/auth/identities/current",
            "GET /1.0/auth/identities/oidc",
            "GET /1.0/auth/identities/tls",
            "GET /1.0/auth/identity-provider-groups",
            "GET /1.0/auth/oidc-sessions",
            "GET /1.0/certificates",
            "GET /1.0/cluster",
            "GET /1.0/cluster/links",
            "GET /1.0/linkspan/certificates",
            "GET /1.0/linkspan/cluster-links",
            "GET /1.0/linkspan/contacts",
            "GET /1.0/linkspan/events",
            "GET /1.0/linkspan/refused-requests",
            "GET /1.0/linkspan/sessions",
            "GET /1.0/linkspan/settings",
            "GET /1.0/metadata/configuration",
            "GET /1.0/projects",
            "POST /1.0/linkspan/contacts/refresh",
            "POST /1.0/linkspan/last-administrator");

    /** What is the same for everybody: there are no members to tell of. */
    private static final Set<String> NOT_CLUSTERED = Set.of("GET /1.0/cluster/members", "GET /1.0/cluster/members/{}");

    /** It names what the caller itself has asked for. */
    private static final String OWN_REFUSALS = "GET /1.0/linkspan/refused-requests";

    /** The body is looked at first, and an empty one says nothing of what it is about. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /1.0/certificates", "{\"type\":\"client\",\"name\":\"x\",\"token\":true}",
            "POST /1.0/cluster/links", "{\"type\":\"bidirectional\",\"name\":\"x\"}",
            "POST /1.0/linkspan/cluster-links/{}/pin", "{\"fingerprint\":\"" + "0".repeat(64) + "\"}",
            "POST /1.0/auth/identities/tls", "{\"name\":\"x\",\"token\":true}",
            "POST /1.0/linkspan/sign-in-links", "{\"identity\":\"/1.0/auth/identities/bearer/classified\"}");

    private static ConfigurableApplicationContext context;
    private static ApiClient unix;
    private static ApiClient untrusted;
    private static ApiClient nobody;

    @BeforeAll
    static void start() {
        Path data = Path.of("target", "it", "rest-doors-" + System.nanoTime()).toAbsolutePath();
        String address = "127.0.0.1:" + FreePort.next();
        context = SpringApplication.run(Linkspan.class, "--linkspan.data=" + data, "--linkspan.address=" + address);
        unix = ApiClient.unix(data.resolve("unix.socket"));
        untrusted = ApiClient.https(address);
        TestCertificate certificate = TestCertificates.client("nobody");
        made("/1.0/auth/identities/tls", Map.of("name", "nobody", "certificate", certificate.pem()));
        nobody = untrusted.as(certificate);
        made("/1.0/auth/identities/tls", Map.of("name", NAME, "token", true));
        made("/1.0/auth/identities/bearer", Map.of("name", NAME, "type", "Client token bearer"));
        made("/1.0/auth/groups", Map.of("name", NAME));
        made("/1.0/auth/identity-provider-groups", Map.of("name", NAME));
        made("/1.0/projects", Map.of("name", NAME));
        made("/1.0/cluster/links", Map.of("name", NAME + "-link", "type", "bidirectional"));
        made("/1.0/instances", Map.of("name", NAME, "source", Map.of("type", "none")));
    }

    private static void made(String path, Map<String, Object> body) {
        Answer answer = unix.post(path, body);
        assertThat(answer.status()).as("%s %s", path, answer).isLessThan(300);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** All endpoints, and whether untrusted callers are let in. */
    private static Map<String, Boolean> endpoints() {
        Routes routes = new Routes();
        context.getBeansOfType(Resource.class).values().forEach(resource -> resource.register(routes));
        Map<String, Boolean> endpoints = new TreeMap<>();
        walk("", routes, endpoints);
        assertThat(endpoints).hasSizeGreaterThan(60);
        return endpoints;
    }

    private static void walk(String path, Routes node, Map<String, Boolean> endpoints) {
        Map<String, Routes.Route> methods = field(node, "methods");
        methods.forEach((method, route) -> endpoints.put(method + " " + (path.isEmpty() ? "/" : path), route.open()));
        Map<String, Routes> children = field(node, "children");
        children.forEach((segment, child) -> walk(path + "/" + segment, child, endpoints));
    }

    @SuppressWarnings("unchecked")
    private static <T> T field(Routes routes, String name) {
        try {
            Field field = Routes.class.getDeclaredField(name);
            field.setAccessible(true);
            return (T) field.get(routes);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer call(ApiClient client, String endpoint) {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        String named = path.replace("{}", argument(path));
        String body = method.equals("GET") || method.equals("DELETE") ? null : BODIES.getOrDefault(endpoint, "{}");
        return client.send(method, named, body);
    }

    private static String argument(String path) {
        if (path.contains("links/{}")) {
            return NAME + "-link";
        }
        return path.contains("oidc-sessions") ? "00000000-0000-4000-8000-000000000000" : NAME;
    }

    @Test
    void endpointsWhenWalkedThenExactlyTheseAreOpen() {
        Set<String> open = new TreeSet<>();
        endpoints().forEach((endpoint, isOpen) -> {
            if (isOpen) {
                open.add(endpoint);
            }
        });
        assertThat(open).isEqualTo(new TreeSet<>(OPEN));
    }

    @Test
    void endpointsWhenCallerIsUntrustedThenForbidden() {
        for (String endpoint : endpoints().keySet()) {
            Answer answer = call(untrusted, endpoint);
            if (!endpoint.startsWith("GET") || !OPEN.contains(endpoint) || endpoint.contains("{}")) {
                assertThat(answer.status()).as("%s: %s", endpoint, answer).isEqualTo(403);
            }
        }
    }

    @Test
    void endpointsWhenCallerHasNoRightsThenRefused() {
        String before = state();
        List<String> wrong = new ArrayList<>();
        for (String endpoint : endpoints().keySet()) {
            Answer answer = call(nobody, endpoint);
            boolean right =
                    switch (answer.status()) {
                        case 403, 404 -> !FOR_ANYBODY_TRUSTED.contains(endpoint);
                        case 500 -> NOT_CLUSTERED.contains(endpoint);
                        case 200 ->
                            FOR_ANYBODY_TRUSTED.contains(endpoint)
                                    && (endpoint.equals(OWN_REFUSALS)
                                            || !answer.text().contains(NAME));
                        default -> false;
                    };
            if (!right) {
                wrong.add("\n" + endpoint + ": " + answer);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    /** Everything that could have been changed. */
    private static String state() {
        StringBuilder state = new StringBuilder();
        for (String list : List.of(
                "/1.0/auth/identities",
                "/1.0/auth/groups",
                "/1.0/auth/identity-provider-groups",
                "/1.0/certificates",
                "/1.0/cluster/links",
                "/1.0/projects",
                "/1.0/instances")) {
            state.append(unix.get(list + "?recursion=1").text());
        }
        return state.append(unix.get("/1.0").metadata().get("config")).toString();
    }
}
