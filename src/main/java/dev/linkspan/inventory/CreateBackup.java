package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import java.time.Instant;

/**
 * A backup to be made. Checks everything that needs no look at the database.
 *
 * @param name empty for the next free {@code backup<n>}
 * @param expiresAt null for never
 * @param compression empty or {@code gzip}, or {@code none}
 * @param version of the index in the archive: 1 or 2; 0 for 1
 */
public record CreateBackup(
        String name,
        Instant expiresAt,
        boolean instanceOnly,
        boolean optimizedStorage,
        String compression,
        int version) {
    private static final int LONGEST_NAME = 255;

    /** @throws dev.linkspan.problem.ProblemException 400 that says what isn't allowed */
    public CreateBackup {
        name = name == null || name.isEmpty() ? "" : checkedName(name);
        compression = compression == null || compression.isEmpty() ? "gzip" : compression;
        if (!compression.equals("gzip") && !compression.equals("none")) {
            throw Problem.BACKUP_COMPRESSION.with(Quoted.of(compression));
        }
        if (version < 0 || version > 2) {
            throw Problem.BACKUP_VERSION.with(version);
        }
        version = version == 0 ? 1 : version;
    }

    static String checkedName(String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw invalid(name, "it must have 1 to " + LONGEST_NAME + " characters");
        }
        if (name.contains("/") || name.equals(".") || name.equals("..")) {
            throw invalid(name, "it may not contain slashes and may not be \".\" or \"..\"");
        }
        return name;
    }

    private static RuntimeException invalid(String name, String why) {
        return Problem.BACKUP_NAME_INVALID.with(Quoted.of(name == null ? "" : name), why);
    }
}
