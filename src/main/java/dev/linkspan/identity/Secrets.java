package dev.linkspan.identity;

import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;

/** How secrets and names are turned into what the database compares. */
final class Secrets {
    private Secrets() {}

    /** SHA-256 of a secret with 256 random bits: there is nothing to guess, so no salt and no slow hash. */
    static byte[] hash(String secret) {
        return Certificates.sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The key under which a name is unique among the identities of one method. */
    static byte[] nameKey(String method, String name) {
        return Certificates.sha256((method + ":" + name).getBytes(StandardCharsets.UTF_8));
    }
}
