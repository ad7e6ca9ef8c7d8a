package dev.linkspan.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scripts of the console that are committed ready-made. */
class BundleTest {

    @Test
    void whatTheBundleContainsIsInTheListOfLicences() throws IOException {
        List<String> listed = Files.readAllLines(Path.of("src", "license", "THIRD-PARTY-BROWSER.txt")).stream()
                .map(line -> line.replaceFirst("\\(.*", "").strip())
                .filter(line -> line.contains("   "))
                .map(line -> line.replaceFirst("\\S+ +", ""))
                .flatMap(names -> List.of(names.split(", ")).stream())
                .toList();

        assertThat(modules()).hasSizeGreaterThan(10).allSatisfy(module -> assertThat(listed)
                .contains(module.replaceFirst("^@vaadin/.*", "@vaadin/*")));
    }

    private static List<String> modules() throws IOException {
        try (ZipFile bundle = new ZipFile("src/main/bundles/prod.bundle");
                InputStream stats = bundle.getInputStream(bundle.getEntry("config/stats.json"))) {
            JsonNode modules = new JsonMapper().readTree(stats).path("npmModules");
            return List.copyOf(modules.propertyNames());
        }
    }
}
