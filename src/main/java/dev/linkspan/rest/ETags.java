package dev.linkspan.rest;

import dev.linkspan.problem.Problem;
import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** ETags: SHA-256 of the JSON of what an endpoint lets one write (auth.md 1.4). */
final class ETags {
    private ETags() {}

    /** The tag of any representation. */
    static String of(Object representation) {
        return hash(new String(Json.bytes(representation), StandardCharsets.UTF_8));
    }

    /** The tag of a link: its description and configuration, hashed as LXD does (cluster-link-etag.json). */
    static String ofLink(String description, SortedMap<String, String> config) {
        record Writable(String description, SortedMap<String, String> config) {}
        return of(new Writable(description, config));
    }

    private static String hash(String json) {
        String text = json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n";
        return Certificates.fingerprint(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Refuses a change of something that is not any more what the caller saw.
     *
     * @param ifMatch the header, with or without quotes; null or empty to refuse nothing
     * @throws dev.linkspan.problem.ProblemException 412
     */
    static void require(String ifMatch, String current) {
        if (ifMatch == null || ifMatch.isEmpty()) {
            return;
        }
        boolean quoted = ifMatch.length() > 1 && ifMatch.startsWith("\"") && ifMatch.endsWith("\"");
        String given = quoted ? ifMatch.substring(1, ifMatch.length() - 1) : ifMatch;
        if (!given.equals(current)) {
            throw Problem.ETAG_MISMATCH.with(current, given);
        }
    }
}
