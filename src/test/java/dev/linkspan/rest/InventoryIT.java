package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.EventsConnection;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TrustTokenText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Projects, instances and backups as inventory, with the operations and events around them. */
class InventoryIT {
    private static final String INSTANCES = "/1.0/instances";
    private static final String PROJECTS = "/1.0/projects";
    private static final String GROUPS = "/1.0/auth/groups";

    private static LinkspanProcess server;
    private static ApiClient unix;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("inventory");
        unix = server.unix();
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // ---- The stage

    private static Answer ended(Answer begun) {
        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        assertThat(begun.location()).isEqualTo(begun.body().path("operation").asString());
        return unix.get(begun.location() + "/wait?timeout=30");
    }

    private static void done(Answer begun) {
        Answer answer = ended(begun);
        assertThat(answer.metadata().path("status").asString(""))
                .as("%s", answer)
                .isEqualTo("Success");
    }

    private static Map<String, Object> none(String name) {
        return Map.of("name", name, "source", Map.of("type", "none"));
    }

    private static void instance(String project, String name) {
        done(unix.post(INSTANCES + "?project=" + project, none(name)));
    }

    private static void project(String name) {
        assertThat(unix.post(PROJECTS, Map.of("name", name)).status()).isEqualTo(201);
    }

    private static Map<String, String> permission(String type, String url, String entitlement) {
        return Map.of("entity_type", type, "url", url, "entitlement", entitlement);
    }

    @SafeVarargs
    private static Answer group(String name, Map<String, String>... permissions) {
        return unix.post(GROUPS, Map.of("name", name, "permissions", permissions));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString()));
        return texts;
    }

    private static void assertError(Answer answer, int status, String text) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(text);
    }

    // ---- Projects

    @Test
    void projectWhenMadeChangedAndRenamedThenItsPermissionsFollow() {
        assertThat(unix.get(PROJECTS + "/default").status()).isEqualTo(200);
        Answer created =
                unix.post(PROJECTS, Map.of("name", "shop", "description", "Web shop", "config", Map.of("user.a", "b")));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.location()).isEqualTo("/1.0/projects/shop");
        assertError(unix.post(PROJECTS, Map.of("name", "shop")), 409, "Project \"shop\" already exists");
        group("shoppers", permission("project", "/1.0/projects/shop", "viewer"));
        ApiClient shopper = server.client("shoppers");

        assertThat(texts(shopper.get(PROJECTS).metadata())).containsExactly("/1.0/projects/shop");
        Answer shown = shopper.get(PROJECTS + "/shop?with-access-entitlements=can_edit,can_view");
        assertThat(shown.metadata().path("config").path("user.a").asString()).isEqualTo("b");
        assertThat(texts(shown.metadata().path("access_entitlements"))).containsExactly("can_view");
        assertThat(shopper.get(PROJECTS + "/default").status()).isEqualTo(404);
        assertThat(shopper.put(PROJECTS + "/shop", Map.of()).status()).isEqualTo(403);
        assertThat(shopper.post(PROJECTS, Map.of("name", "x")).status()).isEqualTo(403);

        String etag = unix.get(PROJECTS + "/shop").etag();
        assertThat(unix.patch(PROJECTS + "/shop", Map.of("config", Map.of("user.c", "d")), "If-Match: " + etag)
                        .status())
                .isEqualTo(200);
        assertThat(unix.put(PROJECTS + "/shop", Map.of("description", "x"), "If-Match: " + etag)
                        .status())
                .isEqualTo(412);
        JsonNode changed = unix.get(PROJECTS + "/shop").metadata();
        assertThat(changed.path("description").asString()).isEqualTo("Web shop");
        assertThat(changed.path("config").path("user.c").asString()).isEqualTo("d");
        assertThat(unix.patch(PROJECTS + "/shop", Map.of("config", Map.of("limits.instances", "1")))
                        .error())
                .isEqualTo("Invalid project configuration key \"limits.instances\"");

        done(unix.post(PROJECTS + "/shop", Map.of("name", "store")));
        assertThat(texts(shopper.get(PROJECTS).metadata())).containsExactly("/1.0/projects/store");
        assertThat(unix.get(GROUPS + "/shoppers")
                        .metadata()
                        .path("permissions")
                        .get(0)
                        .path("url")
                        .asString())
                .isEqualTo("/1.0/projects/store");
        assertThat(unix.delete(PROJECTS + "/store").status()).isEqualTo(200);
        assertThat(unix.get(GROUPS + "/shoppers").metadata().path("permissions").size())
                .isZero();
        assertThat(texts(shopper.get(PROJECTS).metadata())).isEmpty();
    }

    @Test
    void projectWhenDefaultOrFullThenKept() {
        assertError(
                unix.post(PROJECTS + "/default", Map.of("name", "x")), 403, "The default project cannot be renamed");
        assertError(unix.delete(PROJECTS + "/default"), 403, "The default project cannot be deleted");
        project("full");
        instance("full", "c1");
        assertError(unix.delete(PROJECTS + "/full"), 400, "Only empty projects can be removed");
        assertThat(texts(unix.get(PROJECTS + "/full").metadata().path("used_by")))
                .containsExactly("/1.0/instances/c1?project=full");
        done(unix.delete(INSTANCES + "/c1?project=full"));
        assertThat(unix.delete(PROJECTS + "/full").status()).isEqualTo(200);
    }

    @Test
    void projectWhenNameIsBadThenRefused() {
        for (String name : List.of("", "a/b", "a b", "a_b", "a'b", "*", "..", "x".repeat(64), "a\u0000b")) {
            assertThat(unix.post(PROJECTS, Map.of("name", name)).status())
                    .as(name)
                    .isEqualTo(400);
        }
    }

    @Test
    void requestWhenProjectIsHiddenThenNotFound() {
        group("others", permission("server", "/1.0", "can_view_groups"));
        ApiClient other = server.client("others");
        for (String path : List.of(INSTANCES, "/1.0/operations", INSTANCES + "/x", INSTANCES + "/x/backups")) {
            assertError(other.get(path), 404, "Not Found");
            assertError(other.get(path + "?project=nosuch"), 404, "Not Found");
        }
        assertError(EventsConnection.refused(other, "/1.0/events"), 404, "Not Found");
        assertError(other.post(INSTANCES, "not json"), 404, "Not Found");
        assertError(unix.get(INSTANCES + "?project=nosuch"), 404, "Project not found");
        assertError(admin.get(INSTANCES + "?project=nosuch"), 404, "Project not found");
        assertThat(texts(other.get(INSTANCES + "?all-projects=true").metadata()))
                .isEmpty();
        assertError(
                unix.get(INSTANCES + "?all-projects=true&project=default"),
                400,
                "Cannot specify a project when requesting all projects");
    }

    // ---- Instances

    @Test
    void instanceWhenRegisteredThenShownAndChanged() {
        project("lab");
        Answer begun = unix.post(
                INSTANCES + "?project=lab",
                Map.of(
                        "name",
                        "db-1",
                        "description",
                        "Data",
                        "type",
                        "virtual-machine",
                        "architecture",
                        "aarch64",
                        "config",
                        Map.of("user.note", "x", "limits.cpu", "2", "user.empty", ""),
                        "devices",
                        Map.of("root", Map.of("type", "disk", "path", "/")),
                        "source",
                        Map.of("type", "none")));
        assertThat(begun.body()
                        .path("metadata")
                        .path("metadata")
                        .path("entity_url")
                        .asString())
                .isEqualTo("/1.0/instances/db-1?project=lab");
        done(begun);
        assertError(unix.post(INSTANCES + "?project=lab", none("db-1")), 409, "Instance \"db-1\" already exists");
        Answer shown = unix.get(INSTANCES + "/db-1?project=lab&recursion=1");
        JsonNode instance = shown.metadata();
        assertThat(instance.path("type").asString()).isEqualTo("virtual-machine");
        assertThat(instance.path("status").asString()).isEqualTo("Stopped");
        assertThat(instance.path("project").asString()).isEqualTo("lab");
        assertThat(instance.path("architecture").asString()).isEqualTo("aarch64");
        assertThat(instance.path("state").path("status_code").asInt()).isEqualTo(102);
        assertThat(instance.path("config").has("user.empty")).isFalse();
        assertThat(instance.path("devices").path("root").path("path").asString())
                .isEqualTo("/");
        String uuid = instance.path("config").path("volatile.uuid").asString();
        assertThat(uuid).hasSize(36);

        Map<String, Object> put = Map.of("description", "New", "config", Map.of("user.a", "b"));
        done(unix.put(INSTANCES + "/db-1?project=lab", put, "If-Match: " + shown.etag()));
        assertThat(unix.put(INSTANCES + "/db-1?project=lab", put, "If-Match: " + shown.etag())
                        .status())
                .isEqualTo(412);
        JsonNode replaced = unix.get(INSTANCES + "/db-1?project=lab").metadata();
        assertThat(replaced.path("description").asString()).isEqualTo("New");
        assertThat(replaced.path("config").has("user.note")).isFalse();
        assertThat(replaced.path("config").path("volatile.uuid").asString()).isEqualTo(uuid);
        assertThat(replaced.path("devices").size()).isZero();
        assertThat(unix.patch(INSTANCES + "/db-1?project=lab", Map.of("config", Map.of("user.c", "d", "user.a", "")))
                        .status())
                .isEqualTo(200);
        JsonNode patched = unix.get(INSTANCES + "/db-1?project=lab").metadata();
        assertThat(patched.path("description").asString()).isEqualTo("New");
        assertThat(patched.path("config").path("user.c").asString()).isEqualTo("d");
        assertThat(patched.path("config").has("user.a")).isFalse();
        assertThat(unix.get(INSTANCES + "/db-1/state?project=lab")
                        .metadata()
                        .path("status")
                        .asString())
                .isEqualTo("Stopped");
        assertError(
                unix.put(INSTANCES + "/db-1/state?project=lab", Map.of("action", "start")),
                400,
                "This server keeps instances as inventory and cannot start them");
    }

    @Test
    void instanceWhenBodyIsBadThenRefused() {
        for (String name : List.of("a b", "a_b", "-a", "a-", "1234", "x".repeat(64), "ä", "a/b", "..")) {
            assertThat(unix.post(INSTANCES, none(name)).status()).as(name).isEqualTo(400);
        }
        assertThat(unix.post(INSTANCES, Map.of("name", "x")).status()).isEqualTo(400);
        assertThat(unix.post(INSTANCES, Map.of("name", "x", "source", Map.of("type", "image")))
                        .error())
                .contains("source type \"image\"");
        assertThat(unix.post(INSTANCES, Map.of("name", "x", "type", "pod", "source", Map.of("type", "none")))
                        .status())
                .isEqualTo(400);
        assertThat(unix.post(INSTANCES, Map.of("name", "x", "start", true, "source", Map.of("type", "none")))
                        .status())
                .isEqualTo(400);
        assertThat(unix.post(INSTANCES, "{").status()).isEqualTo(400);
        assertError(
                unix.get(INSTANCES + "/x"),
                404,
                "Failed fetching instance \"x\" in project \"default\": Instance not found");
    }

    @Test
    void instancesWhenListedThenFiltered() {
        project("many");
        for (String name : List.of("web1", "web2", "db1")) {
            done(unix.post(
                    INSTANCES + "?project=many",
                    Map.of(
                            "name",
                            name,
                            "config",
                            Map.of("user.tier", name.substring(0, 2)),
                            "source",
                            Map.of("type", "none"))));
        }
        assertThat(filtered("config.user.tier eq we and not (name eq web2)"))
                .containsExactly("/1.0/instances/web1?project=many");
        assertThat(filtered("name eq \"db1\" or name eq WEB2"))
                .containsExactly("/1.0/instances/db1?project=many", "/1.0/instances/web2?project=many");
        assertThat(filtered("status ne stopped")).isEmpty();
        assertThat(unix.get(INSTANCES + "?project=many&recursion=2&filter=name%20eq%20db1")
                        .metadata()
                        .size())
                .isEqualTo(1);
        for (String bad : List.of("name", "name eq", "name like x", "(name eq x", "name eq x y", "name eq \"x")) {
            assertThat(unix.get(INSTANCES + "?project=many&filter=" + encoded(bad))
                            .status())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(texts(unix.get(INSTANCES + "?all-projects=true").metadata()))
                .contains("/1.0/instances/db1?project=many");
    }

    private static List<String> filtered(String filter) {
        return texts(
                unix.get(INSTANCES + "?project=many&filter=" + encoded(filter)).metadata());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void instanceWhenRenamedAndDeletedThenItsPermissionsFollow() {
        instance("default", "moves");
        group(
                "movers",
                permission("project", "/1.0/projects/default", "can_view"),
                permission("instance", "/1.0/instances/moves", "can_view"));
        ApiClient mover = server.client("movers");
        assertThat(mover.get(INSTANCES + "/moves").status()).isEqualTo(200);
        done(unix.post(INSTANCES + "/moves", Map.of("name", "moved")));
        assertThat(texts(mover.get(INSTANCES).metadata())).containsExactly("/1.0/instances/moved");
        assertThat(urls("movers")).contains("/1.0/instances/moved?project=default");
        assertThat(mover.delete(INSTANCES + "/moved").status()).isEqualTo(403);
        assertThat(unix.post(INSTANCES + "/moved", Map.of("name", "x", "migration", true))
                        .status())
                .isEqualTo(400);
        done(unix.delete(INSTANCES + "/moved"));
        assertThat(urls("movers")).containsExactly("/1.0/projects/default");
        instance("default", "moved");
        assertThat(texts(mover.get(INSTANCES).metadata())).isEmpty();
    }

    private static List<String> urls(String group) {
        List<String> urls = new ArrayList<>();
        unix.get(GROUPS + "/" + group)
                .metadata()
                .path("permissions")
                .forEach(permission -> urls.add(permission.path("url").asString()));
        return urls;
    }

    // ---- The commands of a team that backs up one instance

    @Test
    void groupWhenItMayBackUpOneInstanceThenItsMembersDoThatAndNoMore() throws IOException {
        instance("default", "my-instance");
        instance("default", "another");
        project("hidden");
        instance("hidden", "secret");
        assertThat(group("backup").status()).isEqualTo(201);
        permitBackups();
        backsUpAndNoMore(server.client("backup"));
        try (ScriptedPeer peer = ScriptedPeer.start("peer")) {
            Answer pending = unix.post(
                    "/1.0/cluster/links",
                    Map.of("name", "peer", "type", "bidirectional", "auth_groups", List.of("backup")));
            assertThat(peer.activate(TrustTokenText.of(pending.metadata())).status())
                    .isEqualTo(201);
            backsUpAndNoMore(server.https().as(peer.certificate()));
        }
    }

    private static void permitBackups() {
        List<Map<String, String>> permissions = new ArrayList<>();
        permissions.add(permission("instance", "/1.0/instances/my-instance?project=default", "can_manage_backups"));
        assertError(
                add(permissions),
                400,
                "Entitlement \"can_manage_backups\" on entity type \"instance\" references project \"default\", but the"
                        + " project cannot be viewed by the group");
        permissions.clear();
        for (Map<String, String> next : List.of(
                permission("project", "/1.0/projects/default", "can_view"),
                permission("instance", "/1.0/instances/my-instance?project=default", "can_view"),
                permission("instance", "/1.0/instances/my-instance?project=default", "can_manage_backups"))) {
            permissions.add(next);
            assertThat(add(permissions).status()).isEqualTo(200);
        }
    }

    private static void backsUpAndNoMore(ApiClient member) throws IOException {
        String backups = INSTANCES + "/my-instance/backups";

        try (EventsConnection events = EventsConnection.open(member, "/1.0/events")) {
            Answer begun = member.post(backups, Map.of("name", ""));
            assertThat(begun.status()).isEqualTo(202);
            JsonNode end = events.await(event -> event.path("type").asString().equals("operation")
                    && event.path("metadata").path("status_code").asInt() == 200);
            assertThat(end.path("metadata").path("id").asString())
                    .isEqualTo(begun.metadata().path("id").asString());
            done(unix.post(INSTANCES + "/another/backups", Map.of()));
            unix.post(GROUPS, Map.of("name", "unseen-by-" + member.certificate().fingerprint()));
            assertThat(events.await(3)).hasSize(3).noneMatch(event -> event.toString()
                    .contains("another"));
        }
        assertThat(texts(member.get(backups).metadata())).containsExactly("/1.0/instances/my-instance/backups/backup0");
        Answer export = member.get(backups + "/backup0/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(tarEntry(new GZIPInputStream(new ByteArrayInputStream(export.content())).readAllBytes()))
                .contains("name: my-instance");
        done(member.post(backups + "/backup0", Map.of("name", "weekly")));
        assertThat(member.get(backups + "/weekly").metadata().path("name").asString())
                .isEqualTo("weekly");
        done(member.delete(backups + "/weekly"));
        assertThat(texts(member.get(backups).metadata())).isEmpty();

        assertThat(texts(member.get(PROJECTS).metadata())).containsExactly("/1.0/projects/default");
        assertThat(texts(member.get(INSTANCES).metadata())).containsExactly("/1.0/instances/my-instance");
        assertThat(texts(member.get(INSTANCES + "?all-projects=true").metadata()))
                .containsExactly("/1.0/instances/my-instance");
        for (String hidden : List.of(
                INSTANCES + "/another",
                INSTANCES + "/another/backups",
                INSTANCES + "/another/backups/backup0",
                INSTANCES + "/another/backups/backup0/export",
                INSTANCES + "/secret?project=hidden",
                PROJECTS + "/hidden",
                GROUPS + "/admins")) {
            assertError(member.get(hidden), 404, "Not Found");
        }
        assertError(member.post(INSTANCES + "/another/backups", Map.of()), 404, "Not Found");
        assertError(member.delete(INSTANCES + "/another/backups/backup0"), 404, "Not Found");
        assertError(member.put(INSTANCES + "/my-instance", Map.of()), 403, "Forbidden");
        assertError(member.patch(INSTANCES + "/my-instance", Map.of()), 403, "Forbidden");
        assertError(member.post(INSTANCES + "/my-instance", Map.of("name", "x")), 403, "Forbidden");
        assertError(member.delete(INSTANCES + "/my-instance"), 403, "Forbidden");
        assertError(member.put(INSTANCES + "/my-instance/state", Map.of("action", "stop")), 403, "Forbidden");
        assertError(member.post(INSTANCES, none("x")), 403, "Forbidden");
        assertError(member.put(PROJECTS + "/default", Map.of()), 403, "Forbidden");
        assertError(member.delete(PROJECTS + "/default"), 403, "Forbidden");
        assertError(member.get("/1.0/auth/permissions"), 403, "Forbidden");
        JsonNode operations = member.get("/1.0/operations?recursion=1").metadata();
        assertThat(operations.path("success").size()).isEqualTo(3);
        operations.path("success").forEach(operation -> assertThat(
                        operation.path("requestor").path("username").asString())
                .isEqualTo(member.certificate().fingerprint()));
    }

    private static Answer add(List<Map<String, String>> permissions) {
        Answer shown = unix.get(GROUPS + "/backup");
        return unix.put(
                GROUPS + "/backup", Map.of("description", "", "permissions", permissions), "If-Match: " + shown.etag());
    }

    /** The only file in a tar archive that has a directory before it. */
    private static String tarEntry(byte[] tar) {
        String name =
                new String(tar, 512, 100, StandardCharsets.US_ASCII).strip().replace("\0", "");
        assertThat(name).isEqualTo("backup/index.yaml");
        int size = Integer.parseInt(new String(tar, 512 + 124, 11, StandardCharsets.US_ASCII), 8);
        return new String(tar, 1024, size, StandardCharsets.UTF_8);
    }

    // ---- Backups

    @Test
    void backupWhenItHasManyChunksThenExportedWhole() {
        String large = "0123456789abcdef".repeat(3 << 16);
        done(unix.post(
                INSTANCES,
                Map.of("name", "large", "config", Map.of("user.large", large), "source", Map.of("type", "none"))));
        done(unix.post(INSTANCES + "/large/backups", Map.of("name", "b", "compression_algorithm", "none")));
        byte[] tar = unix.get(INSTANCES + "/large/backups/b/export").content();
        assertThat(tar.length).isGreaterThan(2 * large.length()).isLessThan(3 * large.length());
        assertThat(tarEntry(tar)).contains(large);

        assertThat(unix.patch("/1.0", Map.of("config", Map.of("linkspan.backup_size_limit", "1MiB")))
                        .status())
                .isEqualTo(200);
        Answer failed =
                ended(unix.post(INSTANCES + "/large/backups", Map.of("name", "c", "compression_algorithm", "none")));
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.error()).contains("larger than 1048576 bytes");
        assertThat(texts(unix.get(INSTANCES + "/large/backups").metadata()))
                .containsExactly("/1.0/instances/large/backups/b");
        assertThat(unix.patch("/1.0", Map.of("config", Map.of("linkspan.backup_size_limit", "much")))
                        .status())
                .isEqualTo(400);
        assertThat(unix.patch("/1.0", Map.of("config", Map.of("linkspan.backup_size_limit", "")))
                        .status())
                .isEqualTo(200);
        done(unix.post(INSTANCES + "/large/backups", Map.of("name", "c", "compression_algorithm", "none")));
        done(unix.delete(INSTANCES + "/large"));
    }

    @Test
    void backupsWhenMadeAtOnceThenAllHaveNames() {
        instance("default", "busy");
        List<Answer> begun = Stream.generate(() -> Map.of())
                .limit(8)
                .parallel()
                .map(body -> unix.post(INSTANCES + "/busy/backups", body))
                .toList();
        begun.forEach(InventoryIT::done);
        assertThat(texts(unix.get(INSTANCES + "/busy/backups").metadata())).hasSize(8);
        assertError(
                unix.post(INSTANCES + "/busy/backups", Map.of("name", "backup3")),
                409,
                "Backup \"backup3\" already exists");
        assertThat(unix.post(INSTANCES + "/busy/backups", Map.of("name", "a/b")).status())
                .isEqualTo(400);
        assertThat(unix.post(INSTANCES + "/busy/backups", Map.of("compression_algorithm", "zstd"))
                        .status())
                .isEqualTo(400);
        assertThat(unix.post(INSTANCES + "/busy/backups", Map.of("expires_at", "tomorrow"))
                        .status())
                .isEqualTo(400);
        assertError(unix.get(INSTANCES + "/busy/backups/nosuch"), 404, "Instance backup not found");
        assertThat(unix.get(INSTANCES + "/busy?recursion=1")
                        .metadata()
                        .path("backups")
                        .size())
                .isEqualTo(8);
        done(unix.delete(INSTANCES + "/busy"));
    }

    // ---- Operations

    @Test
    void operationWhenAskedForThenOnlyByThoseWhoMay() {
        Answer begun = unix.post(INSTANCES, none("op1"));
        done(begun);
        String path = begun.location();
        assertThat(admin.get(path).metadata().path("description").asString()).isEqualTo("Creating instance");
        assertError(admin.get("/1.0/operations/nosuch"), 404, "Operation not found");
        group("watchers", permission("project", "/1.0/projects/default", "can_view"));
        ApiClient watcher = server.client("watchers");
        assertError(watcher.get(path), 404, "Operation not found");
        assertError(watcher.delete(path), 404, "Operation not found");
        assertError(watcher.get(path + "/wait"), 404, "Operation not found");
        assertThat(watcher.get("/1.0/operations").metadata().size()).isZero();
        assertError(server.https().get(path), 403, "Forbidden");
        assertError(server.https().get(path + "/wait"), 403, "Forbidden");
        assertError(server.https().get(path + "/wait?secret=x"), 403, "Forbidden");
        assertError(server.https().get(path + "/websocket?secret=x"), 403, "Forbidden");
        assertError(unix.delete(path), 400, "Only running operations can be cancelled");
        assertError(unix.get(path + "/websocket"), 400, "Only websocket operations can be connected to");
        assertThat(unix.get(path + "/wait?timeout=x").status()).isEqualTo(400);
        assertThat(path).matches("/1.0/operations/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        done(unix.delete(INSTANCES + "/op1"));
    }

    // ---- Events

    @Test
    void eventsWhenRequestIsBadThenRefusedBeforeTheUpgrade() {
        assertError(EventsConnection.refused(admin, "/1.0/events?type=x"), 400, "\"x\" is not a supported event type");
        assertError(
                EventsConnection.refused(admin, "/1.0/events?project=default&all-projects=true"),
                400,
                "Cannot specify a project when requesting all projects");
        assertError(EventsConnection.refused(server.https(), "/1.0/events"), 403, "Forbidden");
        assertThat(admin.get("/1.0/events").status()).isEqualTo(400);
        group("viewers", permission("project", "/1.0/projects/default", "can_view"));
        ApiClient viewer = server.client("viewers");
        for (String type : List.of("logging", "security", "ovn")) {
            assertError(EventsConnection.refused(viewer, "/1.0/events?type=lifecycle," + type), 403, "Forbidden");
        }
    }

    @Test
    void eventsWhenOriginIsForeignThenRefused() {
        String host = server.address();
        String elsewhere = host.substring(0, host.lastIndexOf(':')) + ":1";
        for (String header : List.of(
                "Origin: https://evil.example",
                "Origin: https://" + elsewhere,
                "Origin: http://" + host,
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site")) {
            assertThat(EventsConnection.refused(admin, "/1.0/events", header).status())
                    .as(header)
                    .isEqualTo(403);
        }
    }

    @Test
    void eventsWhenListenerLosesItsRightsThenClosed() {
        group("leavers", permission("server", "/1.0", "viewer"));
        ApiClient leaver = server.client("leavers");
        try (EventsConnection events = EventsConnection.open(leaver, "/1.0/events?all-projects=true&type=lifecycle")) {
            unix.post(GROUPS, Map.of("name", "seen"));
            events.await(
                    event -> event.path("metadata").path("source").asString().endsWith("/seen"));
            unix.put(GROUPS + "/leavers", Map.of("permissions", List.of()));
            unix.post(GROUPS, Map.of("name", "not-seen"));
            assertThat(events.await(2)).noneMatch(event -> event.toString().contains("not-seen"));
            unix.delete("/1.0/auth/identities/tls/" + leaver.certificate().fingerprint());
            unix.post(GROUPS, Map.of("name", "after"));
            assertThat(events.awaitClose(Duration.ofSeconds(5))).isEqualTo(1008);
            assertThat(events.events()).noneMatch(event -> event.toString().contains("after"));
        }
    }

    @Test
    void eventsWhenTokenIsRevokedThenClosed() {
        group("readers", permission("server", "/1.0", "viewer"));
        unix.post(
                "/1.0/auth/identities/bearer",
                Map.of("type", "Client token bearer", "name", "reader", "groups", List.of("readers")));
        String token = unix.post("/1.0/auth/identities/bearer/reader/token", Map.of("expiry", "1d"))
                .metadata()
                .path("token")
                .asString();
        try (EventsConnection events =
                EventsConnection.open(server.https(), "/1.0/events", "Authorization: Bearer " + token)) {
            unix.post(GROUPS, Map.of("name", "read"));
            events.await(event -> event.toString().contains("/read"));
            unix.delete("/1.0/auth/identities/bearer/reader/token");
            unix.post(GROUPS, Map.of("name", "unread"));
            assertThat(events.awaitClose(Duration.ofSeconds(5))).isEqualTo(1008);
            assertThat(events.events()).noneMatch(event -> event.toString().contains("unread"));
        }
    }

    @Test
    void eventsWhenProjectIsGivenThenOnlyItsEventsAndThoseWithoutProject() {
        project("events");
        try (EventsConnection of = EventsConnection.open(unix, "/1.0/events?project=events&type=lifecycle,operation");
                EventsConnection all = EventsConnection.open(unix, "/1.0/events?all-projects=true&type=lifecycle")) {
            instance("events", "here");
            instance("default", "there");
            unix.post(GROUPS, Map.of("name", "anywhere"));
            assertThat(of.await(4)).hasSize(4).noneMatch(event -> event.toString()
                    .contains("there"));
            assertThat(all.await(3))
                    .hasSize(3)
                    .allMatch(event -> event.path("type").asString().equals("lifecycle"));
        }
        done(unix.delete(INSTANCES + "/there"));
    }

    @Test
    void eventsWhenPingsStayUnansweredThenClosed() {
        try (EventsConnection silent = EventsConnection.openSilent(admin, "/1.0/events")) {
            Instant begin = Instant.now();
            assertThat(silent.awaitClose(Duration.ofSeconds(45))).isEqualTo(1001);
            assertThat(silent.pings()).isEqualTo(3);
            assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofSeconds(25));
        }
    }

    // ---- What can be granted

    @Test
    void permissionsWhenListedForAProjectThenOnlyWhatIsInIt() {
        project("perms");
        instance("perms", "p1");
        group(
                "holders",
                permission("project", "/1.0/projects/perms", "can_view"),
                permission("instance", "/1.0/instances/p1?project=perms", "operator"));
        JsonNode listed =
                unix.get("/1.0/auth/permissions?recursion=1&project=perms").metadata();
        assertThat(listed.size()).isEqualTo(12);
        List<String> entitlements = new ArrayList<>();
        listed.forEach(item -> {
            assertThat(item.path("url").asString()).isEqualTo("/1.0/instances/p1?project=perms");
            entitlements.add(item.path("entitlement").asString());
            assertThat(item.path("groups").isNull())
                    .isEqualTo(!item.path("entitlement").asString().equals("operator"));
        });
        assertThat(entitlements).isSorted();
        assertThat(unix.get("/1.0/auth/permissions?project=perms")
                        .metadata()
                        .get(0)
                        .has("groups"))
                .isFalse();
        assertThat(unix.get("/1.0/auth/permissions?project=perms&entity-type=image")
                        .metadata()
                        .isNull())
                .isTrue();
        assertThat(unix.get("/1.0/auth/permissions?project=perms&entity-type=server")
                        .metadata()
                        .size())
                .isEqualTo(37);
        assertError(
                unix.get("/1.0/auth/permissions?entity-type=x"),
                400,
                "Invalid `entity-type` query parameter \"x\": Unknown entity type \"x\"");
    }

    @Test
    void metadataWhenAskedForByAnybodyThenAllTypesWithEntitlements() {
        JsonNode entities =
                server.https().get("/1.0/metadata/configuration").metadata().path("entities");
        assertThat(entities.size()).isEqualTo(19);
        assertThat(entities.path("instance").path("project_specific").asBoolean())
                .isTrue();
        assertThat(entities.path("server").path("entitlements").size()).isEqualTo(37);
    }
}
