package dev.linkspan.ui.group;

import dev.linkspan.access.Permission;
import java.util.Comparator;
import java.util.Locale;

/**
 * A permission as it is shown.
 *
 * @param resource what it is on
 * @param kind type and project of that
 * @param explanation what it allows
 */
record PermissionLine(Permission permission, String resource, String kind, String explanation) {
    static final Comparator<PermissionLine> ORDER = Comparator.comparing(
                    PermissionLine::resource, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(PermissionLine::kind)
            .thenComparing(line -> line.permission().entitlement());

    boolean contains(String words) {
        return has(resource, words) || has(kind, words) || has(permission.entitlement(), words);
    }

    private static boolean has(String text, String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }
}
