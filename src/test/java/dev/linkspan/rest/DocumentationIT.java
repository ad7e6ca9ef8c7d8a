package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of {@code docs/} on the server itself, for somebody whom it doesn't know. */
@ExtendWith(SharedApi.class)
class DocumentationIT {
    private static final String HERE = "/documentation/";
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    private final ApiClient stranger = SharedApi.server().https();

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .toList();
        }
    }

    private Answer page(String name) {
        Answer page = stranger.get(HERE + name);
        assertThat(page.status()).as(name).isEqualTo(200);
        return page;
    }

    private static List<String> references(Answer page) {
        return REFERENCE
                .matcher(page.text())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @Test
    void pagesAreAllThereAndListedOnEach() throws IOException {
        List<String> listed = references(page(""));
        for (String name : names()) {
            assertThat(listed).contains(name);
            assertThat(page(name).text()).contains("<h1", "aria-current=\"page\"");
        }
    }

    @Test
    void referencesLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (String name : names()) {
            for (String reference : references(page(name))) {
                String[] parts = reference.split("#", 2);
                String path = parts[0].isEmpty() ? name : parts[0];
                Answer found = reference.startsWith("http") || reference.startsWith("/ui/")
                        ? null
                        : stranger.get(path.startsWith("/") ? path : HERE + path);
                if (found != null
                        && (found.status() != 200
                                || parts.length == 2 && !found.text().contains("id=\"" + parts[1] + '"'))) {
                    dead.add(name + " -> " + reference);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void pageWhenThereIsNoneThenNotFoundAndNoFileOfTheServer() {
        for (String name :
                List.of("gone", "../application.properties", "%2e%2e/messages.properties", "images/", "images/x.png")) {
            assertThat(stranger.get(HERE + name).status()).as(name).isIn(400, 404);
        }
    }
}
