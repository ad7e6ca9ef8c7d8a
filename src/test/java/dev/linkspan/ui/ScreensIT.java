package dev.linkspan.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.InstalledChromium;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tour of all screens, on a server of its own that has first no rows, then one of each kind with a name that is too
 * long, then a thousand. {@link Inspection} says what is done on each screen. A new page needs a line in the table of
 * its rows. It takes long, which is why it has a browser of its own and runs beside the classes that share one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScreensIT {
    private static final int MANY = 1000;
    private static final String LONG = "harbour-master-of-the-northern-quays-with-a-name-that-nobody-would-type-twice";

    private static final Consumer<Page> NOTHING = page -> {};

    private static final List<Screen> WITHOUT_ROWS = List.of(
            screen("start", ""),
            screen("getting-started", "getting-started"),
            screen("map", "cluster/map"),
            screen("settings", "settings"),
            screen("links", "cluster/links"),
            screen("links-create", "cluster/links?panel=create-cluster-link"),
            screen("server-overview", "cluster/server/overview"),
            screen("server-certificate", "cluster/server/certificate"),
            screen("server-clustering", "cluster/server/clustering"),
            screen("identities", "permissions/identities"),
            screen("identities-create", "permissions/identities?panel=create-identity"),
            screen("groups", "permissions/groups"),
            screen("groups-create", "permissions/groups?panel=create-groups"),
            screen("idp-groups", "permissions/idp-groups"),
            screen("idp-groups-create", "permissions/idp-groups?panel=create-idp-groups"),
            screen("access-identity", "permissions/access"),
            screen("access-who", "permissions/access?show=who"),
            screen("access-refused", "permissions/access?show=refused"));

    private static final List<Screen> WITH_ONE_ROW = List.of(
            screen("links", "cluster/links"),
            screen("links-create-with-token", "cluster/links?panel=create-cluster-link&setup=consume", page -> {
                Look.button(Look.panel(page), "Create link").click();
                Look.panel(page).getByText("Cluster link name is required").waitFor();
            }),
            screen("links-edit", "cluster/links?panel=edit-cluster-link&link=" + LONG),
            screen("links-delete", "cluster/links", page -> {
                menu(page, LONG, "Delete cluster link");
                Look.button(page, "Cancel").waitFor();
            }),
            screen("links-public-compare", "cluster/links?panel=create-cluster-link", ScreensIT::fetchCertificate),
            screen("link", "cluster/links/" + LONG),
            screen("server-certificate-prepared", "cluster/server/certificate", page -> {
                Look.button(page, "Prepare next certificate").click();
                Look.row(page, LONG).waitFor();
            }),
            screen("events-panel", "events", page -> {
                page.getByRole(AriaRole.LINK)
                        .filter(new Locator.FilterOptions().setHasText("Auth group created"))
                        .first()
                        .click();
                Look.panel(page).waitFor();
            }),
            screen("settings-panel", "settings?setting=oidc.client.secret", page -> Look.panel(page)
                    .waitFor()),
            screen("map", "cluster/map"),
            screen("getting-started", "getting-started"),
            screen("identities", "permissions/identities"),
            screen("identities-edit", "permissions/identities", page -> {
                Look.button(page, "Edit identity " + LONG).first().click();
                Look.panel(page).waitFor();
            }),
            screen("identities-delete", "permissions/identities", page -> {
                menu(page, LONG, "Delete identity");
                Look.button(page, "Cancel").waitFor();
            }),
            screen("groups", "permissions/groups"),
            screen("group", "permissions/group?name=" + LONG),
            screen("groups-delete", "permissions/groups", page -> {
                Look.checkbox(ConsoleBrowser.main(page), "Select " + LONG).click();
                Look.button(page, "Delete 1 auth group").click();
                Look.button(page, "Cancel").waitFor();
            }),
            screen("idp-groups", "permissions/idp-groups"),
            screen("idp-groups-edit", "permissions/idp-groups?panel=edit-idp-groups&idp-group=" + LONG),
            screen("access-identity", "permissions/access?show=identity&identity=/1.0/auth/identities/bearer/" + LONG),
            screen("access-who", "permissions/access?show=who&on=/1.0&entitlement=admin"),
            screen("access-refused", "permissions/access?show=refused", page -> page.getByRole(AriaRole.LINK)
                    .filter(new Locator.FilterOptions().setHasText(LONG))
                    .first()
                    .click()));

    private static final List<Screen> WITH_MANY_ROWS = List.of(
            screen("links", "cluster/links"),
            screen("links-selected", "cluster/links", ScreensIT::selectAll),
            screen("links-modify-groups", "cluster/links", page -> {
                selectAll(page);
                Look.button(page, "Change groups").click();
                Look.panel(page).waitFor();
            }),
            screen("links-delete", "cluster/links", page -> {
                selectAll(page);
                Look.button(page, "Delete 1,001 links").click();
                Look.button(page, "Cancel").waitFor();
            }),
            screen("links-none-found", "cluster/links?query=nothing-like-this"),
            screen("links-token", "cluster/links?panel=create-cluster-link", page -> {
                Look.panel(page).getByLabel("Cluster link name").fill("zurich");
                Look.button(page, "Create link").click();
                Look.button(page, "Copy token").waitFor();
            }),
            screen("link-pending", "cluster/links/many-0001"),
            screen("map", "cluster/map"),
            screen("events", "events"),
            screen("identities", "permissions/identities"),
            screen("identities-selected", "permissions/identities", ScreensIT::selectAll),
            screen("identities-modify-groups", "permissions/identities", page -> {
                selectAll(page);
                Look.button(page, "Change groups").click();
                Look.checkbox(Look.panel(page), "admins").click();
            }),
            screen("identities-token", "permissions/identities?panel=create-identity", page -> {
                Look.panel(page).getByText("Bearer token").click();
                Look.textbox(Look.panel(page), "Name").fill("robot");
                Look.button(Look.panel(page), "Create identity").click();
                Look.button(page, "Copy token").waitFor();
            }),
            screen("groups", "permissions/groups"),
            screen("groups-selected", "permissions/groups", ScreensIT::selectAll),
            screen("group", "permissions/group?name=many-0001"),
            screen("idp-groups", "permissions/idp-groups"),
            screen("idp-groups-edit", "permissions/idp-groups?panel=edit-idp-groups&idp-group=many-0001"),
            screen("access-who", "permissions/access?show=who&on=/1.0&entitlement=can_view_projects"));

    private static final List<Screen> OF_A_CLUSTER = List.of(
            screen("members", "cluster/members"),
            screen("members-certificate", "cluster/members/certificate"),
            screen("members-clustering", "cluster/members/clustering"),
            screen("links", "cluster/links"));

    private static InstalledChromium chromium;
    private static LinkspanProcess server;
    private static ScriptedPeer peer;
    private static ScriptedPeer stranger;
    private static ConsoleBrowser browser;

    private final Inspection inspection = new Inspection();

    /** A page, and what is done there before it is looked at. */
    private record Screen(String name, String path, Consumer<Page> steps) {}

    private static Screen screen(String name, String path) {
        return screen(name, path, NOTHING);
    }

    private static Screen screen(String name, String path, Consumer<Page> steps) {
        return new Screen(name, path, steps);
    }

    @BeforeAll
    static void start() {
        chromium = InstalledChromium.start();
        server = LinkspanProcess.start("lisbon");
        peer = ScriptedPeer.start("porto");
        stranger = ScriptedPeer.start("images");
        browser = ConsoleBrowser.wide(chromium.browser(), "screens");
    }

    @AfterAll
    static void close() {
        browser.close();
        chromium.close();
        peer.close();
        stranger.close();
        server.close();
    }

    @Test
    @Order(1)
    void withoutRows() {
        Page page = browser.newPage();
        Inspection.prepare(page);
        page.navigate(url("sign-in"));
        Look.signIn(page).waitFor();
        inspection.inspect(page, "0-sign-in");
        page.navigate(url("sign-in?error=expired"));
        Look.signIn(page).waitFor();
        inspection.inspect(page, "0-sign-in-refused");
        page.close();
        tour("0", WITHOUT_ROWS);
        openDrawer();
        assertThat(inspection.findings()).isEmpty();
    }

    @Test
    @Order(2)
    void withOneRowOfALongName() {
        Map<String, Object> viewing =
                Map.of("entity_type", "server", "url", "/1.0", "entitlement", "can_view_projects");
        made("/1.0/auth/groups", Map.of("name", LONG, "description", "Of " + LONG, "permissions", List.of(viewing)));
        made(
                "/1.0/auth/identities/bearer",
                Map.of("type", "Client token bearer", "name", LONG, "groups", List.of(LONG)));
        made("/1.0/auth/identity-provider-groups", Map.of("name", LONG, "groups", List.of(LONG)));
        made(
                "/1.0/cluster/links",
                Map.of(
                        "type",
                        "bidirectional",
                        "name",
                        LONG,
                        "description",
                        "To " + LONG,
                        "auth_groups",
                        List.of(LONG),
                        "trust_token",
                        peer.issueToken(LONG).encode()));
        server.unix().post("/1.0/linkspan/cluster-links/" + LONG + "/refresh", null);
        beRefused();
        tour("1", WITH_ONE_ROW);
        assertThat(inspection.findings()).isEmpty();
    }

    @Test
    @Order(3)
    void withAThousandRows() throws IOException {
        try (HttpConnection api = server.unix().connect()) {
            for (int i = 1; i <= MANY; i++) {
                String name = "many-%04d".formatted(i);
                send(api, "/1.0/auth/groups", Map.of("name", name, "description", "One of many"));
                send(
                        api,
                        "/1.0/auth/identities/bearer",
                        Map.of("type", "Client token bearer", "name", name, "groups", List.of(name, LONG, "admins")));
                send(api, "/1.0/auth/identity-provider-groups", Map.of("name", name, "groups", List.of(name)));
                send(
                        api,
                        "/1.0/cluster/links",
                        Map.of("type", "bidirectional", "name", name, "auth_groups", List.of(name, LONG)));
            }
        }
        tour("1000", WITH_MANY_ROWS);
        assertThat(inspection.findings()).isEmpty();
    }

    @Test
    @Order(4)
    void ofACluster() {
        Answer begun = server.unix().put("/1.0/cluster", Map.of("server_name", LONG, "enabled", true));
        server.unix().get(begun.body().path("operation").asString() + "/wait?timeout=10");
        tour("cluster", OF_A_CLUSTER);
        assertThat(inspection.findings()).isEmpty();
    }

    private void tour(String rows, List<Screen> screens) {
        Page page = browser.open(server, screens.getFirst().path());
        Screen before = screens.getFirst();
        for (Screen screen : screens) {
            Inspection.prepare(page);
            if (before.steps() != NOTHING) {
                page.navigate(url(screen.path()));
                ConsoleBrowser.main(page).waitFor();
            } else if (!screen.path().equals(before.path())) {
                ConsoleBrowser.follow(page, screen.path());
            }
            Inspection.waitUntilQuiet(page);
            screen.steps().accept(page);
            inspection.inspect(page, rows + "-" + screen.name());
            before = screen;
        }
        page.close();
    }

    private void openDrawer() {
        Page page = browser.newPage();
        Inspection.prepareNarrow(page);
        page.navigate(url("cluster/links"));
        Look.button(page, "Menu").click();
        page.getByRole(AriaRole.NAVIGATION).waitFor();
        inspection.inspectNarrow(page, "0-drawer");
        page.close();
    }

    private static void selectAll(Page page) {
        Look.checkbox(ConsoleBrowser.main(page), "Select all").first().click();
        page.locator(".ls-selection").waitFor();
    }

    private static void fetchCertificate(Page page) {
        Look.radio(Look.panel(page), "Public").check();
        Look.panel(page).getByLabel("Remote address").fill(stranger.addresses().getFirst());
        Look.panel(page).getByLabel("Cluster link name").fill("images");
        Look.button(page, "Fetch certificate").click();
        Look.panel(page).locator(".ls-fingerprint").waitFor();
    }

    private static void menu(Page page, String row, String entry) {
        Look.button(page, "More actions for " + row).first().click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(entry))
                .click();
    }

    /** Somebody with a right to look at the server only asks for more. */
    private static void beRefused() {
        String token = server.unix()
                .post("/1.0/auth/identities/bearer/" + LONG + "/token", Map.of())
                .metadata()
                .path("token")
                .asString();
        Answer refused = server.https().put("/1.0", Map.of("config", Map.of()), "Authorization: Bearer " + token);
        assertThat(refused.status()).isEqualTo(403);
    }

    private static void made(String path, Map<String, Object> body) {
        Answer answer = server.unix().post(path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    }

    private static void send(HttpConnection api, String path, Map<String, Object> body) throws IOException {
        byte[] json = new JsonMapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        assertThat(api.send("POST", path, json).status()).isEqualTo(201);
    }

    private static String url(String path) {
        return "https://" + server.address() + "/ui/" + path;
    }
}
