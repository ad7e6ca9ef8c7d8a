package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final byte[] SECRET = "the cluster's key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path scratch;

    private DataDirectory directory;

    @BeforeEach
    void openDirectory() {
        directory = DataDirectory.open(scratch.resolve("data"));
    }

    @AfterEach
    void closeDirectory() throws IOException {
        directory.close();
    }

    @Test
    void decryptWhenSealedBeforeTheRestartThenGivesTheSecret() {
        byte[] sealed = Vault.open(null, directory).encrypt(SECRET);
        assertThat(Vault.open(null, directory).decrypt(sealed)).isEqualTo(SECRET);
    }

    @Test
    void encryptWhenRepeatedThenDiffers() {
        Vault vault = Vault.open(null, directory);
        assertThat(vault.encrypt(SECRET)).isNotEqualTo(vault.encrypt(SECRET));
    }

    @Test
    void openWhenNoKeyIsGivenThenMakesOneForTheOwnerOnly() throws IOException {
        Vault.open(null, directory);
        Path file = directory.path().resolve("installation.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
    }

    @Test
    void openWhenAKeyIsGivenThenUsesItAndWritesNone() {
        byte[] sealed = Vault.open(key(1), directory).encrypt(SECRET);
        assertThat(Vault.open(key(1), directory).decrypt(sealed)).isEqualTo(SECRET);
        assertThat(directory.path().resolve("installation.key")).doesNotExist();
    }

    @Test
    void decryptWhenTheKeyIsAnotherOneThenSaysThatItDoesNotFit() {
        byte[] sealed = Vault.open(key(1), directory).encrypt(SECRET);
        assertRefused(() -> Vault.open(key(2), directory).decrypt(sealed));
    }

    @Test
    void decryptWhenTheSealIsDamagedThenSaysThatItDoesNotFit() {
        Vault vault = Vault.open(key(1), directory);
        byte[] sealed = vault.encrypt(SECRET);
        sealed[sealed.length - 1] ^= 1;
        assertRefused(() -> vault.decrypt(sealed));
        assertRefused(() -> vault.decrypt(new byte[3]));
    }

    @Test
    void openWhenTheKeyIsMalformedThenNamesIt() {
        for (String malformed : new String[] {"***", "c2hvcnQ="}) {
            assertThatExceptionOfType(StartupProblem.class)
                    .isThrownBy(() -> Vault.open(malformed, directory))
                    .withMessageContaining("linkspan.key (LINKSPAN_KEY) isn't an installation key");
        }
    }

    private static void assertRefused(Runnable decryption) {
        assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(decryption::run)
                .withMessageStartingWith("The installation key does not fit this database");
    }

    private static String key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }
}
