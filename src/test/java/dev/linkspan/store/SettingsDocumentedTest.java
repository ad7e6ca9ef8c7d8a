package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SettingsDocumentedTest {

    @Test
    void everySettingHasALineWithItsTwinInTheEnvironment() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        for (String name : SettingNames.all()) {
            String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
            assertThat(page).contains("| `" + name + "` | `" + variable + "` |");
        }
    }
}
