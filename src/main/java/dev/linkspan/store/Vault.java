package dev.linkspan.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the secrets that are used again (private keys, signing secrets) before they are stored, so that a dump of
 * the database alone is useless. AES-256-GCM; the key is the installation key.
 */
public final class Vault {
    private static final String KEY_FILE = "installation.key";
    private static final int KEY_BYTES = 32;
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final String origin;
    private final SecureRandom random = new SecureRandom();

    private Vault(byte[] key, String origin) {
        this.key = new SecretKeySpec(key, "AES");
        this.origin = origin;
    }

    /**
     * Opens the vault with the given installation key, or with the one in the data directory, made at the first start.
     *
     * @param configured 32 bytes in base64, or null
     */
    static Vault open(String configured, DataDirectory directory) {
        if (configured != null) {
            return new Vault(decoded(configured, "linkspan.key (LINKSPAN_KEY)"), "linkspan.key (LINKSPAN_KEY)");
        }
        Path file = directory.path().resolve(KEY_FILE);
        try {
            if (!Files.exists(file)) {
                write(newKey(), file);
            }
            return new Vault(
                    decoded(Files.readString(file, StandardCharsets.US_ASCII), file.toString()), file.toString());
        } catch (IOException e) {
            throw DataDirectory.problem(file, e);
        }
    }

    /** Seals a secret; the same secret never gives the same bytes twice. */
    public byte[] encrypt(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = Arrays.copyOf(new byte[] {FORMAT}, 1 + NONCE_BYTES + plain.length + TAG_BITS / Byte.SIZE);
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain, 0, plain.length, sealed, 1 + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /**
     * Opens what {@link #encrypt} sealed.
     *
     * @throws StartupProblem when the installation key is another one than that at the time of sealing
     */
    public byte[] decrypt(byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
            throw misfit(null);
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw misfit(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private StartupProblem misfit(Exception cause) {
        return new StartupProblem(
                "The installation key does not fit this database: " + origin + " isn't the key with which its secrets"
                        + " were encrypted; all members of a cluster need the same key.",
                cause);
    }

    private static byte[] decoded(String text, String origin) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new StartupProblem(origin + " isn't an installation key: it must be 32 bytes in base64.", e);
        }
        throw new StartupProblem(origin + " isn't an installation key: it must be 32 bytes in base64.");
    }

    private static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** Complete and on the disk before it gets its name: a lost key makes the database unreadable. */
    private static void write(byte[] key, Path file) throws IOException {
        Path draft = file.resolveSibling(KEY_FILE + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(key) + "\n"));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
