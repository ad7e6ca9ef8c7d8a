package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What has happened, in the console and over the API. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class EventsIT {
    private static final String LONG =
            "a-group-with-a-name-that-is-far-too-long-for-any-column-of-the-table-of-events-but-kept";
    private static final int MANY = 12_000;

    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("events");
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void newEventsComeInAtTheTopAndLeadToAllDetails() {
        Page page = page("");
        server.unix().post("/1.0/auth/groups", Map.of("name", LONG));
        Locator row = row(page, "Auth group created " + LONG);
        assertThat(row).isVisible();
        assertThat(row).hasAccessibleName(Look.text(LONG));
        assertThat(row(page, ".*" + LONG)).hasCount(1);
        browser.keep(page, "wide");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions()
                                .setName("Auth group created")
                                .setExact(true))
                .first()
                .click();
        Locator panel = Look.panel(page);
        assertThat(panel).containsText("auth-group-created");
        assertThat(panel).containsText("Somebody on the server itself");
        assertThat(panel).containsText("\"source\" : \"/1.0/auth/groups/" + LONG + "\"");
        Look.button(panel, "Copy JSON").click();
        assertThat(Look.toast(page)).containsText("Copied");
        browser.keep(page, "panel");
        String deep = page.url();
        Look.button(page, "Close").first().click();
        page.getByRole(AriaRole.BUTTON, named("^All")).first().click();
        assertThat(row(page, ".*" + LONG)).hasCount(2);
        page.navigate(deep);
        panel.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Permissions given: auth group created"))
                .click();
        assertThat(panel).containsText("authz_admin:group_create:" + LONG);
        page.goBack();
        assertThat(panel).containsText("auth-group-created");
        page.reload();
        assertThat(panel).containsText("auth-group-created");
        page.keyboard().press("Escape");
        assertThat(panel).hasCount(0);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        browser.keep(page, "dark");
        try (ConsoleBrowser phone = ConsoleBrowser.narrow("events-narrow")) {
            Page small = phone.open(server, "events");
            assertThat(row(small, "Auth group created").first()).isVisible();
            assertThat(small.locator(".ls-event")
                            .filter(new Locator.FilterOptions().setHasText(LONG))
                            .first()
                            .locator(".ls-when-narrow"))
                    .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
            phone.keep(small, "list");
            small.navigate(deep);
            assertThat(Look.panel(small)).containsText("auth-group-created");
            phone.keep(small, "panel");
        }
        server.unix().delete("/1.0/auth/groups/" + LONG);
    }

    @Test
    void anActionIsOneRowAndWhatHasNoLifecycleEventOfItsOwnIsARowToo() {
        server.unix().post("/1.0/auth/identity-provider-groups", Map.of("name", "one-row-idp", "groups", List.of()));
        server.unix().delete("/1.0/auth/identity-provider-groups/one-row-idp");
        server.unix()
                .post("/1.0/auth/identities/bearer", Map.of("type", "Client token bearer", "name", "one-row-robot"));
        Page page = page("");
        assertThat(row(page, ".*IDP group created one-row-idp")).hasCount(1);
        assertThat(row(page, "Permissions removed: IDP group deleted one-row-idp"))
                .hasCount(1);
        assertThat(row(page, "Identity created one-row-robot")).hasCount(1);
        assertThat(row(page, "Permissions given: identity created")).hasCount(0);
        browser.keep(page, "one-row");
        page.getByRole(AriaRole.LINK, named("^Identity created$")).first().click();
        assertThat(Look.panel(page)).containsText("Recorded along with it, for security");
        assertThat(Look.panel(page)).containsText("Permissions given: identity created");
        browser.keep(page, "along");
        server.unix().delete("/1.0/auth/identities/bearer/one-row-robot");
    }

    @Test
    void whoIsDeletedIsStillCalledByName() {
        TestCertificate certificate = TestCertificates.client("leaver");
        server.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of("name", "leaver", "certificate", certificate.pem(), "groups", List.of("admins")));
        server.https().as(certificate).post("/1.0/auth/groups", Map.of("name", "left-behind"));
        server.unix().delete("/1.0/auth/identities/tls/leaver");
        Page page = page("");
        assertThat(row(page, ".*Auth group created left-behind leaver \\(deleted\\)"))
                .hasCount(1);
        assertThat(row(page, ".*Identity deleted leaver \\(deleted\\)")).hasCount(1);
        page.getByRole(AriaRole.LINK, named("^Auth group created$")).first().click();
        assertThat(Look.panel(page)).containsText("leaver (deleted)");
        browser.keep(page, "deleted");
        server.unix().delete("/1.0/auth/groups/left-behind");
    }

    @Test
    void whatHappenedBeforeAnIdentityBecameActiveIsSaidOfItToo() {
        TestCertificate certificate = TestCertificates.client("early-bird");
        String token = TrustTokenText.of(server.unix()
                        .post("/1.0/auth/identities/tls", Map.of("name", "early-bird", "token", true))
                        .metadata())
                .encode();
        assertThat(server.https()
                        .as(certificate)
                        .post("/1.0/auth/identities/tls", Map.of("trust_token", token))
                        .status())
                .isEqualTo(201);
        Page page = page("");
        assertThat(row(page, "Identity created early-bird")).hasCount(1);
        page.navigate("https://" + server.address() + "/ui/events?identity=tls%2F" + certificate.fingerprint());
        assertThat(row(page, "Identity created early-bird")).hasCount(1);
        browser.keep(page, "early");
        server.unix().delete("/1.0/auth/identities/tls/early-bird");
    }

    @Test
    void filtersAreInTheAddressAndNarrowTheList() {
        TestCertificate certificate = TestCertificates.client("harbour-master");
        server.unix()
                .post("/1.0/auth/identities/tls", Map.of("name", "harbour-master", "certificate", certificate.pem()));
        server.unix().post("/1.0/cluster/links", Map.of("name", "events-link", "type", "bidirectional"));
        ApiClient master = server.https().as(certificate);
        assertThat(master.post("/1.0/auth/groups", Map.of("name", "mine")).status())
                .isEqualTo(403);

        Page page = page("?kind=warning");
        Locator refused = row(page, "Access refused.*harbour-master");
        assertThat(refused).isVisible();
        assertThat(refused).hasAccessibleName(Look.text("can_create_groups on this server"));
        assertThat(row(page, "Cluster link created")).hasCount(0);
        page.getByRole(AriaRole.BUTTON, named("^Lifecycle")).first().click();
        assertThat(row(page, "Access refused")).hasCount(0);
        choose(page, "Cluster link", "events-link");
        assertThat(page).hasURL(Pattern.compile(".*kind=lifecycle&link=events-link"));
        assertThat(row(page, "Cluster link created")).hasCount(1);
        browser.keep(page, "by-link");
        page.navigate("https://" + server.address() + "/ui/events?identity=tls%2F" + certificate.fingerprint());
        assertThat(row(page, "Access refused")).isVisible();
        assertThat(row(page, "Cluster link created")).hasCount(0);
        browser.keep(page, "by-identity");
        page.keyboard().press("/");
        page.keyboard().type("nothing like this");
        assertThat(page.getByText("No event matches “nothing like this” and these filters."))
                .isVisible();
        browser.keep(page, "none-found");
        Look.button(page, "Clear filters").click();
        assertThat(row(page, "Cluster link created events-link")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/ui/events"));

        assertThat(master.get("/1.0/linkspan/events").metadata().path("events")).isEmpty();
        assertThat(master.get("/1.0/linkspan/events?type=security").status()).isEqualTo(403);
        assertOnlyThoseOfTheProjectAreSeen();
        server.unix().delete("/1.0/cluster/links/events-link");
        server.unix().delete("/1.0/auth/identities/tls/harbour-master");
    }

    private static void assertOnlyThoseOfTheProjectAreSeen() {
        List<Map<String, String>> permissions = List.of(permission("can_view"), permission("can_view_events"));
        server.unix().post("/1.0/auth/groups", Map.of("name", "event-watchers", "permissions", permissions));
        ApiClient watcher = server.client("event-watchers");
        JsonNode seen =
                watcher.get("/1.0/linkspan/events?limit=1000").metadata().path("events");
        assertThat(seen).isNotEmpty().allSatisfy(event -> {
            assertThat(event.path("type").asString()).isEqualTo("lifecycle");
            assertThat(event.path("project").asString()).isEqualTo("default");
        });
        assertThat(watcher.get("/1.0/linkspan/events?link=events-link")
                        .metadata()
                        .path("events"))
                .isNotEmpty();
        long hidden = api("/1.0/linkspan/events?type=security&limit=1")
                .path("events")
                .get(0)
                .path("id")
                .asLong();
        assertThat(watcher.get("/1.0/linkspan/events/" + hidden).status()).isEqualTo(404);
        server.unix().delete("/1.0/auth/groups/event-watchers");
    }

    private static Map<String, String> permission(String entitlement) {
        return Map.of("entity_type", "project", "url", "/1.0/projects/default", "entitlement", entitlement);
    }

    @Test
    void whatIsTypedIntoABoxStaysAndNewLinksAreOffered() {
        Page page = page("");
        Locator box = Look.combobox(ConsoleBrowser.main(page), "Identity");
        box.pressSequentially("typed");
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/identities/bearer", Map.of("name", "typed-too", "type", "Client token bearer"));
        assertThat(row(page, "Identity created.*typed-too")).isVisible();
        Inspection.waitUntilQuiet(page);
        assertThat(box).hasValue("typed");
        box.press("Escape");
        box.press("Tab");
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/cluster/links", Map.of("name", "events-late", "type", "bidirectional"));
        assertThat(row(page, "Cluster link created.*events-late")).isVisible();
        Inspection.waitUntilQuiet(page);
        choose(page, "Identity", "typed-too");
        assertThat(page).hasURL(Pattern.compile(".*identity=bearer.*"));
        choose(page, "Cluster link", "events-late");
        assertThat(page).hasURL(Pattern.compile(".*link=events-late.*"));
        page.navigate("https://" + server.address() + "/ui/events?link=events-late");
        assertThat(row(page, "Cluster link created.*")).isVisible();
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/cluster/links/events-late", Map.of("name", "events-later"));
        assertThat(page).hasURL(Pattern.compile(".*link=events-later.*"));
        assertThat(row(page, "Identity changed events-later")).isVisible();
        assertThat(row(page, "Cluster link created.*")).isVisible();
        assertThat(row(page, "Identity created.*")).isVisible();
        Inspection.waitUntilQuiet(page);
        server.unix().delete("/1.0/cluster/links/events-later");
        assertThat(Look.combobox(ConsoleBrowser.main(page), "Cluster link")).hasValue("events-later (gone)");
        assertThat(row(page, "Cluster link deleted.*")).isVisible();
        assertThat(row(page, "Identity deleted.*")).isVisible();
        assertThat(row(page, "Identity created.*")).isVisible();
        browser.keep(page, "link-gone");
        server.unix().delete("/1.0/auth/identities/bearer/typed-too");
    }

    @Test
    void theEventsOfALinkAreItsOwnWhateverItIsAndOthersWereCalled() {
        server.unix().post("/1.0/cluster/links", Map.of("name", "again", "type", "bidirectional"));
        server.unix().delete("/1.0/cluster/links/again");
        server.unix().post("/1.0/cluster/links", Map.of("name", "again", "type", "bidirectional"));
        Page page = page("?link=again");
        assertThat(row(page, "Cluster link created again")).hasCount(1);
        assertThat(row(page, "Identity created")).hasCount(1);
        assertThat(row(page, "Cluster link deleted")).hasCount(0);
        page.navigate("about:blank");
        server.unix().post("/1.0/cluster/links/again", Map.of("name", "once-more"));
        server.unix().post("/1.0/cluster/links/once-more", Map.of("name", "and-again"));
        page.navigate("https://" + server.address() + "/ui/events?link=again");
        assertThat(page).hasURL(Pattern.compile(".*link=and-again"));
        assertThat(Look.combobox(ConsoleBrowser.main(page), "Cluster link")).hasValue("and-again");
        assertThat(row(page, "Cluster link created again")).hasCount(1);
        assertThat(row(page, "Cluster link renamed")).hasCount(2);
        assertThat(row(page, "Cluster link deleted")).hasCount(0);
        server.unix().post("/1.0/cluster/links", Map.of("name", "again", "type", "bidirectional"));
        page.navigate("https://" + server.address() + "/ui/events?link=again");
        assertThat(row(page, "Cluster link created again")).hasCount(1);
        assertThat(row(page, "Cluster link renamed")).hasCount(0);
        assertThat(page).hasURL(Pattern.compile(".*link=again"));
        server.unix().delete("/1.0/cluster/links/again");
        server.unix().delete("/1.0/cluster/links/and-again");
    }

    @Test
    void whatIsSearchedAndFilteredStaysInTheAddress() {
        Page page = browser.open(server, "events?kind=security&query=no-such-words");
        assertThat(ConsoleBrowser.main(page)).containsText("No event matches “no-such-words” and these filters.");
        Inspection.waitUntilQuiet(page);
        assertThat(page).hasURL(Pattern.compile(".*kind=security.*"));
        assertThat(page).hasURL(Pattern.compile(".*query=no-such-words.*"));
    }

    @Test
    void manyEventsAreReadPartByPart() throws SQLException {
        insertMany();
        Page page = page("?query=many-");
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", String.valueOf(MANY + 1));
        browser.keep(page, "many");
        page.evaluate("document.querySelector('main vaadin-grid').scrollToIndex(" + (MANY - 1) + ")");
        assertThat(row(page, "Project changed")
                        .filter(new Locator.FilterOptions().setVisible(true))
                        .last())
                .hasAccessibleName(Look.text("many-1 "));
        browser.keep(page, "far-down");
        server.unix().post("/1.0/projects", Map.of("name", "many-more"));
        Locator news = Look.button(page, "Show 1 new event");
        assertThat(news).isVisible();
        browser.keep(page, "news");
        news.click();
        assertThat(row(page, "Project created")).isVisible();
        server.unix().delete("/1.0/projects/many-more");

        JsonNode first = api("/1.0/linkspan/events?query=many-&type=lifecycle&limit=1000");
        JsonNode second = api("/1.0/linkspan/events?query=many-&limit=2&before="
                + first.path("next").asLong());
        assertThat(first.path("events")).hasSize(1_000);
        assertThat(second.path("events").get(0).path("id").asLong())
                .isLessThan(first.path("next").asLong());
        Answer one = server.unix()
                .get("/1.0/linkspan/events/"
                        + second.path("events").get(0).path("id").asLong());
        assertThat(one.metadata().path("metadata").path("action").asString()).isEqualTo("project-updated");
        for (String wrong :
                List.of("limit=0", "limit=1001", "before=x", "type=operation", "level=x", "identity=/1.0")) {
            assertThat(server.unix().get("/1.0/linkspan/events?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private static void insertMany() throws SQLException {
        String url = "jdbc:mariadb://localhost/linkspan?sslMode=disable&user=" + System.getProperty("user.name")
                + "&localSocket=" + server.data().resolve("db.socket");
        try (Connection database = DriverManager.getConnection(url);
                Statement statement = database.createStatement()) {
            statement.execute("""
                    INSERT INTO event (at, kind, action, source, project, requestor_username, requestor_protocol,
                      requestor_address)
                    SELECT UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 'lifecycle', 'project-updated',
                      CONCAT('/1.0/projects/many-', seq), NULL, 'root', 'unix', '@'
                    FROM seq_1_to_%d
                    """.formatted(MANY));
        }
    }

    private static JsonNode api(String path) {
        return server.unix().get(path).metadata();
    }

    private static void choose(Page page, String box, String value) {
        Locator field = Look.combobox(ConsoleBrowser.main(page), box);
        field.fill(value);
        page.getByRole(AriaRole.OPTION, named(value)).click();
    }

    private static Page.GetByRoleOptions named(String pattern) {
        return new Page.GetByRoleOptions().setName(Pattern.compile(pattern));
    }

    private static Locator row(Page page, String what) {
        return page.getByRole(AriaRole.ROW, named("^" + what));
    }

    private Page page(String query) {
        Page page = browser.open(server, "events" + query);
        assertThat(Look.heading(page, "Events")).isVisible();
        return page;
    }
}
