package dev.linkspan.ui.cluster;

import dev.linkspan.ui.shared.Texts;
import java.util.Arrays;
import java.util.Locale;

/** The tabs about this cluster itself, which stand beside that of its links or of its members. */
public enum ClusterTab {
    OVERVIEW,
    CERTIFICATE,
    CLUSTERING;

    /** Its name in the address of a page; null for none of these. */
    public static ClusterTab of(String path) {
        return Arrays.stream(values())
                .filter(tab -> tab.path().equals(path))
                .findFirst()
                .orElse(null);
    }

    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return Texts.of("server.tab." + path());
    }
}
