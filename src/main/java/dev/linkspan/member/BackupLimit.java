package dev.linkspan.member;

import dev.linkspan.problem.Problem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** How large the archive of one backup may be, as configured for the cluster. */
@Component
public class BackupLimit {
    static final String DEFAULT = "256MiB";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|kB|MB|GB|KiB|MiB|GiB)?");
    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);
    private static final long MOST = 4L << 30;

    private final StoredConfiguration configuration;

    BackupLimit(StoredConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The limit in bytes. */
    public long bytes() {
        return parse(configuration.current().getOrDefault(Configuration.BACKUP_SIZE_LIMIT, DEFAULT));
    }

    /**
     * The bytes that {@code 256MiB} and the like stand for.
     *
     * @throws dev.linkspan.problem.ProblemException 400 when it is no size, or more than 4 GiB
     */
    static long parse(String size) {
        Matcher parts = SIZE.matcher(size);
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            long unit = parts.group(2) == null ? 1 : UNITS.get(parts.group(2));
            if (number <= MOST / unit) {
                return number * unit;
            }
        }
        throw Problem.CONFIG_VALUE_INVALID.with(
                Configuration.BACKUP_SIZE_LIMIT, "\"" + size + "\" is not a size such as 256MiB, at most 4GiB");
    }
}
