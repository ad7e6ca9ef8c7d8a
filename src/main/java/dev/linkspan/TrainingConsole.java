package dev.linkspan;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for the console's pages as a browser does, so that a server's first pages don't take several times as long. */
final class TrainingConsole {
    private static final List<String> PAGES = List.of(
            "getting-started",
            "cluster/server",
            "cluster/server?panel=create-cluster-link",
            "cluster/links/link-1",
            "cluster/map",
            "permissions/identities",
            "permissions/identities?panel=create-identity",
            "permissions/groups",
            "permissions/groups?panel=create-groups",
            "permissions/group/group-1",
            "permissions/idp-groups",
            "permissions/access",
            "events",
            "settings");

    /** What a browser says when it has started: security key, path and query. */
    private static final String NAVIGATION = """
            {"csrfToken": "%s", "syncId": 0, "clientId": 0, "rpc": [{"type": "event", "node": 1, "event": "ui-navigate",
              "data": {"route": "%s", "query": "%s", "appShellTitle": "", "trigger": ""}}]}""";

    private final URI console;
    private final HttpClient browser;

    private TrainingConsole(URI console, HttpClient browser) {
        this.console = console;
        this.browser = browser;
    }

    /**
     * Opens a session.
     *
     * @param client trusts the server
     * @param signIn a sign-in link that wasn't used
     */
    static TrainingConsole signIn(HttpClient.Builder client, URI signIn) throws IOException, InterruptedException {
        HttpClient browser = client.cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        TrainingConsole console = new TrainingConsole(signIn.resolve("/ui/"), browser);
        console.send(HttpRequest.newBuilder(signIn.resolve("/ui/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(signIn.getRawQuery())));
        return console;
    }

    void visitAll() throws IOException, InterruptedException {
        for (String page : PAGES) {
            visit(page);
        }
    }

    private void visit(String page) throws IOException, InterruptedException {
        URI address = console.resolve(page);
        send(HttpRequest.newBuilder(address));
        String path = console.relativize(address).getPath();
        String query = address.getQuery() == null ? "" : address.getQuery();
        JsonNode application = JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(
                        console.resolve("?v-r=init&location=" + encoded(path) + "&query=" + encoded(query)))))
                .path("appConfig");
        send(HttpRequest.newBuilder(console.resolve(
                        "?v-r=uidl&v-uiId=" + application.path("v-uiId").asInt()))
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(NAVIGATION.formatted(
                        application.path("uidl").path("Vaadin-Security-Key").asString(), path, query))));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            System.err.println(response.uri() + ": " + response.statusCode());
        }
        return response.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
