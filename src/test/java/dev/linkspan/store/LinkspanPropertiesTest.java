package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class LinkspanPropertiesTest {

    @Test
    void namesArePinned() {
        assertThat(SettingNames.all())
                .contains(
                        "linkspan.address",
                        "linkspan.data",
                        "linkspan.database.password",
                        "linkspan.database.url",
                        "linkspan.database.user",
                        "linkspan.key",
                        "linkspan.name");
    }

    @Test
    void defaultsArePinned() {
        LinkspanProperties properties = bound(Map.of());
        assertThat(properties.data()).isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/linkspan"));
        assertThat(properties.address()).isNull();
        assertThat(properties.name()).isNull();
        assertThat(properties.key()).isNull();
        assertThat(properties.database()).isEqualTo(new LinkspanProperties.Database(null, null, null));
        assertThat(properties.probe())
                .isEqualTo(new LinkspanProperties.Probe(Duration.ofSeconds(60), Duration.ofMinutes(10)));
    }

    @Test
    void environmentNamesEverySetting() {
        LinkspanProperties properties = bound(Map.of(
                "LINKSPAN_DATA", "/srv/linkspan",
                "LINKSPAN_ADDRESS", ":9443",
                "LINKSPAN_NAME", "one",
                "LINKSPAN_KEY", "secret-key",
                "LINKSPAN_DATABASE_URL", "jdbc:mariadb://db/linkspan",
                "LINKSPAN_DATABASE_USER", "linkspan",
                "LINKSPAN_DATABASE_PASSWORD", "secret-password",
                "LINKSPAN_PROBE_INTERVAL", "30s",
                "LINKSPAN_PROBE_LONGESTPAUSE", "5m"));
        assertThat(properties)
                .isEqualTo(new LinkspanProperties(
                        Path.of("/srv/linkspan"),
                        ":9443",
                        "one",
                        "secret-key",
                        new LinkspanProperties.Database("jdbc:mariadb://db/linkspan", "linkspan", "secret-password"),
                        new LinkspanProperties.Probe(Duration.ofSeconds(30), Duration.ofMinutes(5))));
        assertThat(properties.toString()).doesNotContain("secret-key").doesNotContain("secret-password");
    }

    @Test
    void emptyValuesAreAsIfAbsent() {
        assertThat(bound(Map.of("LINKSPAN_ADDRESS", "", "LINKSPAN_DATABASE_URL", " ")))
                .isEqualTo(bound(Map.of()));
    }

    @Test
    void unknownNamesAreRefused() {
        assertRefused(environment(Map.of("LINKSPAN_DATABSE_URL", "x")), "LINKSPAN_DATABSE_URL");
        var arguments = new StandardEnvironment();
        arguments.getPropertySources().addFirst(new MapPropertySource("arguments", Map.of("linkspan.adress", ":1")));
        assertRefused(arguments, "linkspan.adress");
    }

    @Test
    void knownNamesAreAccepted() {
        SettingNames.refuseUnknown(environment(
                Map.of("LINKSPAN_DATABASE_URL", "x", "LINKSPAN_DEMO_DIR", "/tmp", "HOME", "/root", "PATH", "/bin")));
    }

    @Test
    void userWithoutUrlIsRefused() {
        assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(() -> new LinkspanProperties.Database(null, "linkspan", null))
                .withMessageContaining("linkspan.database.url");
    }

    private static void assertRefused(StandardEnvironment environment, String name) {
        assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(() -> SettingNames.refuseUnknown(environment))
                .withMessageStartingWith("There is no setting " + name + ";");
    }

    private static LinkspanProperties bound(Map<String, Object> variables) {
        return Binder.get(environment(variables)).bindOrCreate("linkspan", LinkspanProperties.class);
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return environment;
    }
}
