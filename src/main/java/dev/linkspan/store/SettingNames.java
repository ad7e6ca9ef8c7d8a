package dev.linkspan.store;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Knows every {@code linkspan.*} name, so that a misspelt one stops the start instead of being ignored. Spring Boot
 * itself never looks for unknown names in the environment and in system properties.
 */
final class SettingNames {
    private static final String PREFIX = "linkspan.";
    private static final String ENVIRONMENT_PREFIX = "LINKSPAN_";

    /** What {@code ./linkspan} reads. */
    private static final Set<String> LAUNCHER = Set.of("LINKSPAN_DEMO_DIR", "LINKSPAN_JAVA_OPTS");

    private SettingNames() {}

    /** The names as they are written in a properties file, {@code linkspan.database.url}. */
    static Set<String> all() {
        var names = new TreeSet<String>();
        collect(PREFIX, LinkspanProperties.class, names);
        return names;
    }

    static void refuseUnknown(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (String key : listed.getPropertyNames()) {
                    if (isUnknown(key)) {
                        throw new StartupProblem(
                                "There is no setting " + key + "; the settings are " + String.join(", ", all()) + ".");
                    }
                }
            }
        }
    }

    private static boolean isUnknown(String key) {
        Optional<String> name = name(key);
        return name.isPresent()
                && all().stream().noneMatch(known -> plain(known).equals(name.get()));
    }

    private static Optional<String> name(String key) {
        if (key.startsWith(ENVIRONMENT_PREFIX)) {
            return LAUNCHER.contains(key) ? Optional.empty() : Optional.of(plain(key.replace('_', '.')));
        }
        return key.startsWith(PREFIX) ? Optional.of(plain(key)) : Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static void collect(String prefix, Class<?> type, Collection<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(name + ".", component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
