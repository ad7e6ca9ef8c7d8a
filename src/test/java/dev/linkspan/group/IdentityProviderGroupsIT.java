package dev.linkspan.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /1.0/auth/identity-provider-groups} (auth.md 6.2). What the stock client sends is in TranscriptReplayIT. */
class IdentityProviderGroupsIT {
    private static final String PROVIDER_GROUPS = "/1.0/auth/identity-provider-groups";
    private static final String GROUPS = "/1.0/auth/groups";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("provider-groups").start();
        admin = server.admin();
        admin.post(GROUPS, Map.of("name", "ga"));
        admin.post(GROUPS, Map.of("name", "gb"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String made(String... groups) {
        String name = "sales-" + COUNT.incrementAndGet();
        assertThat(admin.post(PROVIDER_GROUPS, Map.of("name", name, "groups", groups))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private static String mapped(String name) {
        return admin.get(PROVIDER_GROUPS + "/" + name).metadata().get("groups").toString();
    }

    private static ApiClient viewer(String group, Map<String, String> permission) {
        admin.post(GROUPS, Map.of("name", group, "permissions", List.of(permission)));
        return server.client(group);
    }

    @Test
    void patchWhenGroupsAreGivenThenAdded() {
        String name = made("ga");
        assertThat(admin.patch(PROVIDER_GROUPS + "/" + name, Map.of("groups", List.of("gb", "ga")))
                        .status())
                .isEqualTo(200);
        assertThat(mapped(name)).isEqualTo("[\"ga\",\"gb\"]");
        admin.put(PROVIDER_GROUPS + "/" + name, Map.of());
        assertThat(mapped(name)).isEqualTo("[]");
    }

    @Test
    void namesWhenOddThenTakenAndFound() {
        for (String name :
                List.of("a/b", "a\\b", "cn=x,ou=y", "with:colon", "\"quoted\"", "😀", "x".repeat(300), " ")) {
            Answer created = admin.post(PROVIDER_GROUPS, Map.of("name", name));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            Answer shown = admin.get(created.location());
            assertThat(shown.metadata().get("name").asString()).isEqualTo(name);
            assertThat(admin.delete(created.location()).status()).isEqualTo(200);
        }
        Answer empty = admin.post(PROVIDER_GROUPS, Map.of("name", ""));
        assertThat(empty.error()).isEqualTo("Identity provider group name cannot be empty");
        assertThat(admin.post(PROVIDER_GROUPS, Map.of("name", "x".repeat(10_001)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void putWhenTheCallerDoesNotSeeAGroupThenItStays() {
        String name = made("ga");
        ApiClient editor = viewer(
                "mapping-editors",
                Map.of(
                        "entity_type", "server",
                        "url", "/1.0",
                        "entitlement", "can_edit_identity_provider_groups"));
        String path = PROVIDER_GROUPS + "/" + name;
        assertThat(editor.put(path, Map.of("groups", List.of("mapping-editors")))
                        .status())
                .isEqualTo(200);
        assertThat(mapped(name)).isEqualTo("[\"ga\",\"mapping-editors\"]");
        assertThat(editor.put(path, Map.of()).status()).isEqualTo(200);
        assertThat(mapped(name)).isEqualTo("[\"ga\"]");
    }

    @Test
    void renameWhenNameIsTakenThenRefused() {
        String first = made();
        String second = made();
        Answer taken = admin.post(PROVIDER_GROUPS + "/" + first, Map.of("name", second));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.error()).isEqualTo("Identity provider group \"" + second + "\" already exists");
        assertThat(admin.post(PROVIDER_GROUPS + "/" + first, Map.of("name", first))
                        .status())
                .isEqualTo(201);
        assertThat(admin.post(PROVIDER_GROUPS + "/nosuch", Map.of("name", "x")).status())
                .isEqualTo(404);
    }

    @Test
    void putWhenEtagIsOldThenRefused() {
        String name = made();
        String etag = admin.get(PROVIDER_GROUPS + "/" + name).etag();
        String path = PROVIDER_GROUPS + "/" + name;
        assertThat(admin.put(path, Map.of("groups", List.of("ga")), "If-Match: " + etag)
                        .status())
                .isEqualTo(200);
        assertThat(admin.put(path, Map.of(), "If-Match: " + etag).status()).isEqualTo(412);
        assertThat(mapped(name)).isEqualTo("[\"ga\"]");
    }

    @Test
    void groupWhenMappedThenShowsProviderGroupsToThoseWhoMaySeeThem() {
        admin.post(GROUPS, Map.of("name", "shown"));
        String name = made("shown");
        Answer shown = admin.get(GROUPS + "/shown");
        assertThat(shown.metadata().get("identity_provider_groups").toString()).isEqualTo("[\"" + name + "\"]");
        ApiClient groupViewer = viewer(
                "group-viewers", Map.of("entity_type", "server", "url", "/1.0", "entitlement", "can_view_groups"));
        assertThat(groupViewer
                        .get(GROUPS + "/shown")
                        .metadata()
                        .get("identity_provider_groups")
                        .isNull())
                .isTrue();
        admin.delete(GROUPS + "/shown");
        assertThat(mapped(name)).isEqualTo("[]");
    }

    @Test
    void visibilityWhenPermissionIsOnOneThenOnlyThatIsSeen() {
        String seen = made("ga");
        String hidden = made("ga");
        ApiClient viewer = viewer(
                "one-viewer",
                Map.of(
                        "entity_type", "identity_provider_group",
                        "url", PROVIDER_GROUPS + "/" + seen,
                        "entitlement", "can_view"));
        assertThat(viewer.get(PROVIDER_GROUPS).metadata().toString())
                .isEqualTo("[\"" + PROVIDER_GROUPS + "/" + seen + "\"]");
        assertThat(viewer.get(PROVIDER_GROUPS + "/" + seen)
                        .metadata()
                        .get("groups")
                        .toString())
                .isEqualTo("[]");
        assertThat(viewer.get(PROVIDER_GROUPS + "/" + hidden).status()).isEqualTo(404);
        assertThat(viewer.get(PROVIDER_GROUPS + "/nosuch").error()).isEqualTo("Not Found");
        assertThat(viewer.put(PROVIDER_GROUPS + "/" + seen, Map.of()).status()).isEqualTo(403);
        assertThat(viewer.delete(PROVIDER_GROUPS + "/" + seen).status()).isEqualTo(403);
        assertThat(viewer.post(PROVIDER_GROUPS, Map.of("name", "x")).status()).isEqualTo(403);
        admin.post(PROVIDER_GROUPS + "/" + seen, Map.of("name", "renamed"));
        assertThat(admin.get(GROUPS + "/one-viewer").text()).contains(PROVIDER_GROUPS + "/renamed");
        admin.delete(PROVIDER_GROUPS + "/renamed");
        assertThat(admin.get(GROUPS + "/one-viewer").metadata().get("permissions"))
                .isEmpty();
    }
}
