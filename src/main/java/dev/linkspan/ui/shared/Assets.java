package dev.linkspan.ui.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The console's own files. Their addresses change with their content, so that a browser may keep them for good. */
public final class Assets {
    private static final String PLACE = "META-INF/resources/";
    private static final int DIGITS = 8;

    private Assets() {}

    /**
     * A file's path with the version of its content.
     *
     * @param path below {@code META-INF/resources}
     */
    public static String versioned(String path) {
        try (InputStream file = Assets.class.getClassLoader().getResourceAsStream(PLACE + path)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.readAllBytes());
            return path + "?v=" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
