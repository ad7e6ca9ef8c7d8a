package dev.linkspan.ui.shared;

import java.util.regex.Pattern;

/** How certificate fingerprints are written: in groups of four, eight groups to a line. */
public final class Fingerprints {
    private static final Pattern WHOLE = Pattern.compile("\\b[0-9a-f]{64}\\b");
    private static final int GROUP = 4;
    private static final int GROUPS_PER_LINE = 8;

    private Fingerprints() {}

    /** A text with the fingerprints in it as short as they are told apart. */
    public static String briefWithin(String text) {
        return WHOLE.matcher(text).replaceAll(whole -> brief(whole.group()));
    }

    /** {@code 6f2a 91c4 … 0be7}. */
    public static String brief(String fingerprint) {
        if (fingerprint.length() < 4 * GROUP) {
            return fingerprint;
        }
        return fingerprint.substring(0, GROUP) + ' ' + fingerprint.substring(GROUP, 2 * GROUP) + " … "
                + fingerprint.substring(fingerprint.length() - GROUP);
    }

    /** All of it, with line breaks. */
    public static String full(String fingerprint) {
        StringBuilder text = new StringBuilder();
        for (int start = 0, group = 0; start < fingerprint.length(); start += GROUP, group++) {
            if (group > 0) {
                text.append(group % GROUPS_PER_LINE == 0 ? '\n' : ' ');
            }
            text.append(fingerprint, start, Math.min(start + GROUP, fingerprint.length()));
        }
        return text.toString();
    }
}
