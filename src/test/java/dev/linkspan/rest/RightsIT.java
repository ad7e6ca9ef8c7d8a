package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may see and do what, what is said to those who may not, and what permissions a group may have. */
class RightsIT {

    private static final String IDENTITIES = "/1.0/auth/identities";
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String LINKS = "/1.0/cluster/links";
    private static final String NOT_REPORTABLE =
            "Cannot report entitlements for identities that do not use fine-grained authorization";

    private static LinkspanProcess server;
    private static ApiClient admin;
    private static ApiClient nobody;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("rights");
        admin = server.admin();
        nobody = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status() + " " + answer.error()).isEqualTo(status + " " + error);
    }

    private static Answer succeeded(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isLessThan(300);
        return answer;
    }

    private static Map<String, Object> permission(String type, String url, String entitlement) {
        return Map.of("entity_type", type, "url", url, "entitlement", entitlement);
    }

    /** A new group with these permissions, and a client in it. */
    @SafeVarargs
    private static ApiClient clientWith(String group, Map<String, Object>... permissions) {
        succeeded(admin.post(GROUPS, Map.of("name", group, "permissions", List.of(permissions))));
        return server.client(group);
    }

    private static TrustTokenText pendingLink(String name) {
        return TrustTokenText.of(succeeded(admin.post(LINKS, Map.of("name", name, "type", "bidirectional")))
                .metadata());
    }

    private static String self(ApiClient client) {
        return IDENTITIES + "/tls/" + client.certificate().fingerprint();
    }

    // ---- Seen and unseen

    @Test
    void linkWhenCallerMayNotSeeItThenNotFound() {
        pendingLink("hidden");
        for (String name : List.of("hidden", "nosuch")) {
            String path = LINKS + "/" + name;
            assertRefused(nobody.get(path), 404, "Not Found");
            assertRefused(nobody.get(path + "/state"), 404, "Not Found");
            assertRefused(nobody.put(path, Map.of()), 404, "Not Found");
            assertRefused(nobody.patch(path, Map.of()), 404, "Not Found");
            assertRefused(nobody.post(path, Map.of("name", "x")), 404, "Not Found");
            assertRefused(nobody.delete(path), 404, "Not Found");
            assertRefused(server.https().get(path), 403, "Forbidden");
        }
    }

    @Test
    void linkWhenCallerMayOnlySeeItThenForbidden() {
        pendingLink("visible");
        pendingLink("visible-too");
        String path = LINKS + "/visible";
        ApiClient viewer = clientWith("viewers", permission("cluster_link", path, "can_view"));

        assertThat(viewer.get(path).status()).isEqualTo(200);
        assertThat(viewer.get(LINKS).metadata().toString()).isEqualTo("[\"" + path + "\"]");
        assertRefused(viewer.put(path, Map.of()), 403, "Forbidden");
        assertRefused(viewer.patch(path, Map.of()), 403, "Forbidden");
        assertRefused(viewer.post(path, Map.of("name", "x")), 403, "Forbidden");
        assertRefused(viewer.delete(path), 403, "Forbidden");
        assertRefused(viewer.get(LINKS + "/visible-too"), 404, "Not Found");
        assertRefused(viewer.get(LINKS + "/nosuch"), 404, "Not Found");
        assertRefused(viewer.post("/1.0/linkspan/cluster-links/visible/token", Map.of()), 403, "Forbidden");
    }

    @Test
    void linkWhenCallerMayEditOrDeleteItThenSeesItToo() {
        pendingLink("editable");
        String path = LINKS + "/editable";
        ApiClient editor = clientWith("editors", permission("cluster_link", path, "can_edit"));
        ApiClient remover = clientWith("removers", permission("cluster_link", path, "can_delete"));

        succeeded(editor.patch(path, Map.of("description", "edited")));
        assertRefused(editor.delete(path), 403, "Forbidden");
        assertThat(remover.get(path).metadata().path("description").asString()).isEqualTo("edited");
        assertRefused(remover.patch(path, Map.of()), 403, "Forbidden");
        succeeded(remover.delete(path));
        assertRefused(remover.delete(path), 404, "Not Found");
    }

    @Test
    void linkWhenMissingForThoseWhoMaySeeAllThenItsOwnText() {
        ApiClient viewer = clientWith("all-viewers", permission("server", "/1.0", "can_view_cluster_links"));
        String missing = "Failed loading cluster link: Failed loading cluster link: Cluster link not found";
        for (ApiClient caller : List.of(admin, server.unix(), viewer)) {
            assertRefused(caller.get(LINKS + "/nosuch"), 404, missing);
        }
        for (ApiClient caller : List.of(admin, server.unix())) {
            assertRefused(caller.put(LINKS + "/nosuch", "{"), 404, missing);
            assertRefused(
                    caller.delete(LINKS + "/nosuch"),
                    404,
                    "Error deleting \"nosuch\" from database: Failed loading cluster link: Cluster link not found");
        }
    }

    @Test
    void groupWhenCallerIsMemberThenSeesItAndNoMore() {
        ApiClient member = clientWith("club");
        succeeded(admin.post(GROUPS, Map.of("name", "other-club")));

        assertThat(member.get(GROUPS).metadata().toString()).isEqualTo("[\"/1.0/auth/groups/club\"]");
        JsonNode club = member.get(GROUPS + "/club").metadata();
        assertThat(club.path("identities").toString())
                .isEqualTo("{\"tls\":[\"" + member.certificate().fingerprint() + "\"]}");
        assertRefused(member.put(GROUPS + "/club", Map.of()), 403, "Forbidden");
        assertRefused(member.post(GROUPS + "/club", Map.of("name", "x")), 403, "Forbidden");
        assertRefused(member.delete(GROUPS + "/club"), 403, "Forbidden");
        for (String name : List.of("other-club", "nosuch")) {
            assertRefused(member.get(GROUPS + "/" + name), 404, "Not Found");
            assertRefused(member.put(GROUPS + "/" + name, Map.of()), 404, "Not Found");
            assertRefused(member.delete(GROUPS + "/" + name), 404, "Not Found");
        }
    }

    @Test
    void groupWhenCallerMayOnlyEditItThenMayNotSeeIt() {
        succeeded(admin.post(GROUPS, Map.of("name", "blind")));
        ApiClient editor = clientWith("blind-editors", permission("group", GROUPS + "/blind", "can_edit"));

        assertRefused(editor.get(GROUPS + "/blind"), 404, "Not Found");
        succeeded(editor.put(GROUPS + "/blind", Map.of("description", "edited")));
        assertThat(admin.get(GROUPS + "/blind").metadata().path("description").asString())
                .isEqualTo("edited");
    }

    @Test
    void identityWhenCallerHasNoRightsThenSeesItselfOnly() {
        ApiClient other = server.client();

        assertThat(nobody.get(IDENTITIES).metadata().toString()).isEqualTo("[\"" + self(nobody) + "\"]");
        assertThat(nobody.get(self(nobody)).status()).isEqualTo(200);
        assertRefused(nobody.get(self(other)), 404, "Not Found");
        assertRefused(nobody.delete(self(other)), 404, "Not Found");
        assertRefused(nobody.get(IDENTITIES + "/tls/nosuch"), 404, "Not Found");
        assertRefused(admin.get(IDENTITIES + "/tls/nosuch"), 404, "Not Found");
        assertRefused(nobody.put(self(other), Map.of()), 403, "Forbidden");
        assertRefused(nobody.patch(self(other), Map.of()), 403, "Forbidden");
        assertRefused(nobody.put(IDENTITIES + "/tls/nosuch", Map.of()), 404, "Not Found");
    }

    @Test
    void serverRightsWhenMissingThenForbidden() {
        assertRefused(nobody.post(GROUPS, Map.of("name", "x")), 403, "Forbidden");
        assertRefused(nobody.post(IDENTITIES + "/tls", Map.of("name", "x", "token", true)), 403, "Forbidden");
        assertRefused(nobody.post(LINKS, Map.of("name", "x", "type", "bidirectional")), 403, "Forbidden");
        assertRefused(nobody.put("/1.0", Map.of()), 403, "Forbidden");
        assertThat(nobody.post("/1.0/linkspan/sign-in-links", Map.of()).status())
                .isEqualTo(403);
        ApiClient half = clientWith("half", permission("server", "/1.0", "can_create_cluster_links"));
        assertRefused(half.post(LINKS, Map.of("name", "x", "type", "bidirectional")), 403, "Forbidden");
        ApiClient whole = clientWith(
                "whole",
                permission("server", "/1.0", "can_create_cluster_links"),
                permission("server", "/1.0", "can_create_identities"));
        succeeded(whole.post(LINKS, Map.of("name", "by-whole", "type", "bidirectional")));
    }

    @Test
    void rightsWhenChangedThenInForceOnTheNextRequest() {
        pendingLink("changing");
        ApiClient caller = clientWith("changing");
        assertRefused(caller.get(LINKS + "/changing"), 404, "Not Found");

        Map<String, Object> seeing = permission("server", "/1.0", "can_view_cluster_links");
        succeeded(admin.put(GROUPS + "/changing", Map.of("permissions", List.of(seeing))));
        assertThat(caller.get(LINKS + "/changing").status()).isEqualTo(200);

        succeeded(admin.put(self(caller), Map.of("groups", List.of())));
        assertRefused(caller.get(LINKS + "/changing"), 404, "Not Found");

        succeeded(admin.delete(self(caller)));
        assertRefused(caller.get(LINKS), 403, "Forbidden");
        assertThat(caller.get("/1.0").metadata().path("auth").asString()).isEqualTo("untrusted");
    }

    // ---- Reported entitlements

    @Test
    void entitlementsWhenAskedForThenReported() {
        pendingLink("reported");
        String link = LINKS + "/reported";
        ApiClient caller = clientWith("reporters", permission("cluster_link", link, "can_edit"));

        assertThat(entitlements(caller.get(link + "?with-access-entitlements=can_delete,can_edit,can_view")
                        .metadata()))
                .containsExactly("can_edit", "can_view");
        assertThat(entitlements(caller.get(LINKS + "?recursion=1&with-access-entitlements=can_view,can_delete")
                        .metadata()
                        .get(0)))
                .containsExactly("can_view");
        assertThat(caller.get(link + "?with-access-entitlements=can_delete")
                        .metadata()
                        .has("access_entitlements"))
                .isFalse();
        assertThat(entitlements(caller.get(GROUPS + "/reporters?with-access-entitlements=can_view,can_edit")
                        .metadata()))
                .containsExactly("can_view");
        assertThat(entitlements(caller.get(self(caller) + "?with-access-entitlements=can_view,can_edit,can_delete")
                        .metadata()))
                .containsExactly("can_view", "can_delete");
        assertThat(entitlements(admin.get("/1.0?with-access-entitlements=can_edit,viewer,admin")
                        .metadata()))
                .containsExactly("can_edit", "admin");
    }

    private static List<String> entitlements(JsonNode entity) {
        List<String> entitlements = new ArrayList<>();
        entity.path("access_entitlements").forEach(entitlement -> entitlements.add(entitlement.asString()));
        return entitlements;
    }

    @Test
    void entitlementsWhenTheyCannotBeReportedThenRefused() {
        pendingLink("unreported");
        succeeded(admin.post(GROUPS, Map.of("name", "unreported")));
        Map<String, String> types = Map.of(LINKS, "cluster_link", GROUPS, "group", IDENTITIES, "identity");
        types.forEach((list, type) -> {
            assertRefused(
                    admin.get(list + "?with-access-entitlements=can_view"),
                    500,
                    "Entitlements can only be requested when recursion is enabled");
            assertRefused(
                    admin.get(list + "?recursion=1&with-access-entitlements=x"),
                    400,
                    "Requested entitlement \"x\" is not valid for entity type \"" + type + "\"");
            assertRefused(
                    server.unix().get(list + "?recursion=1&with-access-entitlements=can_view"), 400, NOT_REPORTABLE);
        });
        assertRefused(server.unix().get(LINKS + "/unreported?with-access-entitlements=can_view"), 400, NOT_REPORTABLE);
        assertRefused(server.unix().get("/1.0?with-access-entitlements=admin"), 400, NOT_REPORTABLE);
        assertRefused(
                admin.get("/1.0?with-access-entitlements=x"),
                400,
                "Requested entitlement \"x\" is not valid for entity type \"server\"");
        assertThat(server.https().get("/1.0?with-access-entitlements=x").status())
                .isEqualTo(200);
    }

    // ---- Permissions of groups

    private static void assertPermissionRefused(String error, List<?> permissions) {
        assertRefused(admin.post(GROUPS, Map.of("name", "refused", "permissions", permissions)), 400, error);
        assertRefused(admin.put(GROUPS + "/kept", Map.of("permissions", permissions)), 400, error);
        assertThat(admin.get(GROUPS + "/refused").status()).isEqualTo(404);
    }

    @Test
    void permissionsWhenWrongThenRefusedWithTheRecordedText() {
        Map<String, Object> good = permission("server", "/1.0", "can_view_cluster_links");
        succeeded(admin.post(GROUPS, Map.of("name", "kept", "permissions", List.of(good))));

        assertPermissionRefused(
                "Failed validating entity type for permission with entity reference \"/1.0\" and entitlement \"admin\":"
                        + " Unknown entity type \"servers\"",
                List.of(good, permission("servers", "/1.0", "admin")));
        assertPermissionRefused(
                "Failed parsing permission with entity reference \"/2.0\" and entitlement \"admin\": URL \"/2.0\" does"
                        + " not contain LXD API version",
                List.of(permission("server", "/2.0", "admin")));
        assertPermissionRefused(
                "Failed parsing permission with entity reference \"/1.0/nothing\" and entitlement \"admin\": Failed"
                        + " matching entity URL \"/1.0/nothing\"",
                List.of(permission("server", "/1.0/nothing", "admin")));
        assertPermissionRefused(
                "Failed parsing permission with entity reference \"/1.0\" and entitlement \"can_view\": Entity type does"
                        + " not correspond to entity reference",
                List.of(permission("group", "/1.0", "can_view")));
        assertPermissionRefused(
                "Failed validating group permission with entity reference"
                        + " \"/1.0/instances/c1/backups/b0\" and entitlement \"can_view\": No entitlements can be granted"
                        + " against entities of type \"instance_backup\"",
                List.of(permission("instance_backup", "/1.0/instances/c1/backups/b0", "can_view")));
        assertPermissionRefused(
                "Failed validating group permission with entity reference \"/1.0\" and entitlement \"nosuch\":"
                        + " Entitlement \"nosuch\" not valid for entity type \"server\"",
                List.of(permission("server", "/1.0", "nosuch")));
        assertPermissionRefused(
                "Entitlement \"can_edit\" on entity type \"project\" references project \"default\", but the project"
                        + " cannot be viewed by the group",
                List.of(good, permission("project", "/1.0/projects/default", "can_edit")));
        assertPermissionRefused(
                "Members of the group cannot view project \"default\", but 2 permissions reference this project",
                List.of(
                        permission("project", "/1.0/projects/default", "can_edit"),
                        permission("instance", "/1.0/instances/c1", "can_exec")));
        assertPermissionRefused(
                "Could not resolve permission URLs: Failed finding entity ID for URL \"/1.0/projects/nosuch\"",
                List.of(permission("project", "/1.0/projects/nosuch", "operator")));
        assertPermissionRefused(
                "Could not resolve permission URLs: Failed finding entity ID for URL"
                        + " \"/1.0/instances/c1?project=default\"",
                List.of(
                        permission("server", "/1.0", "viewer"),
                        permission("instance", "/1.0/instances/c1?project=default", "can_exec")));
        assertPermissionRefused(
                "Could not resolve permission URLs: Failed finding entity ID for URL \"/1.0/auth/groups/nosuch\"",
                List.of(permission("group", "/1.0/auth/groups/nosuch", "can_view")));
        assertPermissionRefused(
                "Could not resolve permission URLs: Failed finding entity ID for URL \"/1.0/cluster/links/nosuch\"",
                List.of(permission("cluster_link", "/1.0/cluster/links/nosuch", "can_view")));

        assertThat(admin.get(GROUPS + "/kept").metadata().path("permissions").size())
                .isEqualTo(1);
    }

    @Test
    void permissionsWhenOnOneEntityThenFollowItsNameAndVanishWithIt() {
        pendingLink("followed one");
        succeeded(admin.post(IDENTITIES + "/tls", Map.of("name", "followed", "token", true)));
        String identity =
                admin.get(IDENTITIES + "/tls/followed").metadata().path("id").asString();
        succeeded(admin.post(GROUPS, Map.of("name", "followed")));
        List<Map<String, Object>> permissions = List.of(
                permission("cluster_link", "/1.0/cluster/links/followed%20one", "can_view"),
                permission("cluster_link", "/1.0/cluster/links/followed%20one", "can_view"),
                permission("identity", IDENTITIES + "/tls/" + identity, "can_view"),
                permission("group", GROUPS + "/followed", "can_view"));
        succeeded(admin.post(GROUPS, Map.of("name", "followers", "permissions", permissions)));
        assertThat(urls("followers"))
                .containsExactlyInAnyOrder(
                        LINKS + "/followed%20one", IDENTITIES + "/tls/" + identity, GROUPS + "/followed");

        succeeded(admin.post(LINKS + "/followed%20one", Map.of("name", "followed-2")));
        succeeded(admin.post(GROUPS + "/followed", Map.of("name", "followed-2")));
        assertThat(urls("followers"))
                .containsExactlyInAnyOrder(
                        LINKS + "/followed-2", IDENTITIES + "/tls/" + identity, GROUPS + "/followed-2");

        succeeded(admin.delete(LINKS + "/followed-2"));
        succeeded(admin.delete(GROUPS + "/followed-2"));
        succeeded(admin.delete(IDENTITIES + "/tls/" + identity));
        assertThat(urls("followers")).isEmpty();
    }

    private static List<String> urls(String group) {
        List<String> urls = new ArrayList<>();
        admin.get(GROUPS + "/" + group)
                .metadata()
                .path("permissions")
                .forEach(permission -> urls.add(permission.path("url").asString()));
        return urls;
    }

    @Test
    void permissionWhenIdentityIsGivenByNameThenUnknown() {
        succeeded(admin.post(IDENTITIES + "/tls", Map.of("name", "named", "token", true)));

        assertRefused(
                admin.post(
                        GROUPS,
                        Map.of(
                                "name",
                                "by-name",
                                "permissions",
                                List.of(permission("identity", IDENTITIES + "/tls/named", "can_view")))),
                400,
                "Could not resolve permission URLs: Failed finding entity ID for URL \"/1.0/auth/identities/tls/named\"");
    }

    // ---- Identities that change

    @Test
    void certificateWhenReplacedByItsOwnerThenTheOldOneIsUnknownAtOnce() {
        ApiClient owner = clientWith("renewing");
        TestCertificate renewed = TestCertificates.client("renewed");
        String name = owner.get(self(owner)).metadata().path("name").asString();

        succeeded(owner.put(
                self(owner),
                Map.of(
                        "groups",
                        List.of("renewing"),
                        "tls_certificate",
                        owner.certificate().pem())));
        succeeded(owner.put(self(owner), Map.of("groups", List.of("renewing"), "tls_certificate", renewed.pem())));

        ApiClient now = server.https().as(renewed);
        assertThat(now.get("/1.0").metadata().path("auth").asString()).isEqualTo("trusted");
        assertThat(owner.get("/1.0").metadata().path("auth").asString()).isEqualTo("untrusted");
        JsonNode identity = now.get(self(now)).metadata();
        assertThat(identity.path("id").asString()).isEqualTo(renewed.fingerprint());
        assertThat(identity.path("name").asString()).isEqualTo(name);
        assertThat(identity.path("groups").toString()).isEqualTo("[\"renewing\"]");
        assertThat(identity.path("tls_certificate").asString()).isEqualTo(renewed.pem());
        assertThat(admin.get(self(owner)).status()).isEqualTo(404);
    }

    @Test
    void ownerWhenChangingMoreThanTheCertificateThenRefused() {
        ApiClient owner = clientWith("limited");
        succeeded(admin.post(GROUPS, Map.of("name", "wanted")));
        String pem = TestCertificates.client("more").pem();
        String only = "Only the certificate may be changed";

        assertRefused(
                owner.put(self(owner), Map.of("groups", List.of("limited", "wanted"), "tls_certificate", pem)),
                403,
                only);
        assertRefused(owner.put(self(owner), Map.of("groups", List.of(), "tls_certificate", pem)), 403, only);
        assertRefused(owner.patch(self(owner), Map.of("groups", List.of("wanted"))), 403, only);
        assertRefused(owner.put(self(owner), Map.of("groups", List.of("limited"))), 400, "Must provide a certificate");
        assertRefused(
                owner.put(self(owner), Map.of("groups", List.of("limited"), "tls_certificate", "junk")),
                400,
                "Failed parsing certificate: Invalid PEM block");
        assertRefused(
                owner.patch(
                        self(owner),
                        Map.of("tls_certificate", TestCertificates.expired("x").pem())),
                400,
                "Invalid certificate: The provided certificate is expired");
        assertRefused(
                owner.patch(
                        self(owner),
                        Map.of("tls_certificate", nobody.certificate().pem())),
                409,
                "Failed creating certificate: Certificate already exists");
        succeeded(owner.patch(self(owner), Map.of("tls_certificate", pem)));
    }

    @Test
    void peerWhenItReplacesItsCertificateThenTheLinkFollows() {
        try (ScriptedPeer peer = ScriptedPeer.start("rolling")) {
            TrustTokenText token = pendingLink("rolling");
            assertThat(peer.activate(token).status()).isEqualTo(201);
            TestCertificate rolled = TestCertificates.lxdServer("rolled");
            ApiClient asPeer = server.https().as(peer.certificate());

            succeeded(asPeer.patch(self(asPeer), Map.of("tls_certificate", rolled.pem())));

            assertThat(asPeer.get(LINKS).status()).isEqualTo(403);
            assertThat(server.https().as(rolled).get(LINKS).status()).isEqualTo(200);
            assertThat(admin.get(LINKS + "/rolling/state")
                            .metadata()
                            .path("cluster_link_members")
                            .get(0)
                            .path("status")
                            .asString())
                    .isEqualTo("Unreachable");
        }
    }

    @Test
    void identityWhenChangedInWaysThatItsTypeForbidsThenRefused() {
        succeeded(admin.post(IDENTITIES + "/tls", Map.of("name", "still-pending", "token", true)));
        String pending = IDENTITIES + "/tls/still-pending";

        assertRefused(
                admin.put(
                        pending,
                        Map.of("tls_certificate", TestCertificates.client("p").pem())),
                400,
                "Cannot update certificate for identities of type \"Client certificate (pending)\"");
        assertRefused(admin.put(pending, "{"), 400, "Failed unmarshaling request body: unexpected EOF");
        assertRefused(
                admin.put(pending, Map.of("groups", List.of("admins", "admins"))),
                500,
                "Failed writing expected number of rows to identity auth group association table (expected 2, got 1)");
        assertRefused(
                admin.put(pending, Map.of("groups", List.of("a", "b"))),
                404,
                "One or more groups were not found: \"a\", \"b\"");
    }

    @Test
    void groupsWhenTheCallerDoesNotSeeThemAllThenNotChanged() {
        succeeded(admin.post(GROUPS, Map.of("name", "unseen")));
        succeeded(
                admin.post(IDENTITIES + "/tls", Map.of("name", "grouped", "token", true, "groups", List.of("unseen"))));
        ApiClient editor = clientWith("identity-editors", permission("server", "/1.0", "can_edit_identities"));

        assertRefused(
                editor.put(IDENTITIES + "/tls/grouped", Map.of("groups", List.of())),
                403,
                "Failed getting identities group membership: Forbidden");
    }

    @Test
    void currentIdentityWhenAskedThenSaysWhatItMayDo() {
        ApiClient caller = clientWith("current", permission("server", "/1.0", "can_view_cluster_links"));

        Answer answer = caller.get(IDENTITIES + "/current");

        assertThat(answer.etag()).isNull();
        JsonNode current = answer.metadata();
        assertThat(current.path("effective_groups").toString()).isEqualTo("[\"current\"]");
        assertThat(current.path("effective_permissions").size()).isEqualTo(1);
        assertThat(current.path("fine_grained").asBoolean()).isTrue();
        assertRefused(server.https().get(IDENTITIES + "/current"), 403, "Forbidden");
    }

    @Test
    void callerWhenItDeletesItselfThenUntrusted() {
        ApiClient leaving = server.client();

        succeeded(leaving.delete(self(leaving)));

        assertRefused(leaving.get(LINKS), 403, "Forbidden");
    }

    @Test
    void adminsWhenChangedThenRefusedWhileMembersMayComeAndGo() {
        assertRefused(admin.put(GROUPS + "/admins", Map.of()), 400, "The admins group cannot be modified");
        assertRefused(admin.patch(GROUPS + "/admins", Map.of()), 400, "The admins group cannot be modified");
        assertRefused(admin.post(GROUPS + "/admins", Map.of("name", "x")), 400, "The admins group cannot be renamed");
        assertRefused(admin.delete(GROUPS + "/admins"), 400, "The admins group cannot be deleted");
        ApiClient second = server.client("admins");
        succeeded(admin.put(self(second), Map.of("groups", List.of())));
        assertRefused(second.put("/1.0", Map.of()), 403, "Forbidden");
    }
}
