package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificates;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Makes the pictures of the README and of the documentation anew, from a cluster with links in all conditions. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class PicturesIT {
    private static final Path PICTURES = Path.of("target", "screenshots", "readme");
    private static final String LINKS = "/1.0/cluster/links";

    @Test
    void thePicturesOfTheReadmeShowWhatTheConsoleShows() {
        try (LinkspanProcess server = LinkspanProcess.start("berlin");
                ScriptedPeer amsterdam = ScriptedPeer.start("amsterdam");
                ScriptedPeer gdansk = ScriptedPeer.start("gdansk");
                ScriptedPeer zurich = ScriptedPeer.start("zurich");
                ScriptedPeer frankfurt = ScriptedPeer.start("frankfurt");
                ScriptedPeer oslo = ScriptedPeer.start("oslo");
                ConsoleBrowser browser = ConsoleBrowser.wide("readme")) {
            groups(server);
            amsterdam.addAddress();
            gdansk.addAddress().hangUp();
            linked(server, amsterdam, "ams-edge", "bidirectional", "backup", "operators");
            linked(server, gdansk, "warehouse-gdansk", "bidirectional", "viewers");
            linked(server, zurich, "backup-vault-zurich", "unidirectional");
            linked(server, frankfurt, "frankfurt-lab", "bidirectional", "operators");
            linked(server, oslo, "dr-site-oslo", "bidirectional", "backup");
            made(
                    server,
                    LINKS,
                    Map.of("name", "madrid-staging", "type", "bidirectional", "auth_groups", List.of("viewers")));
            made(
                    server,
                    LINKS,
                    Map.of("name", "museum-archive", "type", "unidirectional", "auth_groups", List.of("backup")));
            frankfurt.address().serve(TestCertificates.lxdServer("frankfurt"));
            oslo.address().hangUp();
            for (String name :
                    List.of("ams-edge", "warehouse-gdansk", "backup-vault-zurich", "frankfurt-lab", "dr-site-oslo")) {
                server.unix().post("/1.0/linkspan/cluster-links/" + name + "/refresh", null);
            }

            Page page = browser.open(server, "cluster/links");
            assertThat(Look.row(page, "frankfurt-lab")).hasAccessibleName(Look.text("Certificate changed"));
            assertThat(Look.row(page, "dr-site-oslo")).hasAccessibleName(Look.text("Unreachable"));
            picture(page, "links");
            page.navigate(url(server, "cluster/map"));
            assertThat(ConsoleBrowser.main(page)).containsText("Reach us, without access in return");
            picture(page, "map");
            page.navigate(url(server, "cluster/links/ams-edge"));
            assertThat(ConsoleBrowser.main(page)).containsText("2 of 2 addresses answer");
            picture(page, "link");
            page.navigate(url(server, "permissions/group?name=backup"));
            assertThat(Look.heading(page, "backup")).isVisible();
            picture(page, "group");
        }
    }

    private static void groups(LinkspanProcess server) {
        made(
                server,
                "/1.0/instances",
                Map.of("name", "my-instance", "source", Map.of("type", "none"), "type", "container"));
        group(
                server,
                "backup",
                "Makes and fetches backups of my-instance",
                permission("project", "/1.0/projects/default", "can_view"),
                permission("instance", "/1.0/instances/my-instance?project=default", "can_view"),
                permission("instance", "/1.0/instances/my-instance?project=default", "can_manage_backups"));
        group(
                server,
                "operators",
                "Runs the default project",
                permission("project", "/1.0/projects/default", "operator"));
        group(server, "viewers", "Sees everything, changes nothing", permission("server", "/1.0", "viewer"));
    }

    @SafeVarargs
    private static void group(
            LinkspanProcess server, String name, String description, Map<String, String>... permissions) {
        made(
                server,
                "/1.0/auth/groups",
                Map.of("name", name, "description", description, "permissions", List.of(permissions)));
    }

    private static Map<String, String> permission(String type, String url, String entitlement) {
        return Map.of("entity_type", type, "url", url, "entitlement", entitlement);
    }

    private static void linked(LinkspanProcess server, ScriptedPeer peer, String name, String type, String... groups) {
        Map<String, Object> link = new LinkedHashMap<>(Map.of("name", name, "type", type));
        link.put("trust_token", peer.issueToken(name).encode());
        if (groups.length > 0) {
            link.put("auth_groups", List.of(groups));
        }
        made(server, LINKS, link);
    }

    private static void made(LinkspanProcess server, String path, Map<String, Object> body) {
        assertThat(server.unix().post(path, body).status()).isLessThan(300);
    }

    private static void picture(Page page, String name) {
        assertThat(page.locator(".ls-side .ls-number").last()).isVisible();
        page.waitForTimeout(300);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    private static String url(LinkspanProcess server, String path) {
        return "https://" + server.address() + "/ui/" + path;
    }
}
