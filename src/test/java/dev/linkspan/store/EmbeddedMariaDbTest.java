package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedMariaDbTest {
    private static final Path LOG = Path.of("/data/mariadb/error.log");

    @Test
    void sentenceWhenTheDataAreDamagedThenGivesTheFirstError() {
        assertThat(sentence(
                        "2026-01-01 10:00:00 0 [Note] InnoDB: Using Linux native AIO",
                        "2026-01-01 10:00:00 0 [ERROR] InnoDB: Header page consists of zero bytes in datafile: ./ibdata1",
                        "2026-01-01 10:00:00 0 [ERROR] Plugin 'InnoDB' registration as a STORAGE ENGINE failed.",
                        "2026-01-01 10:00:00 0 [ERROR] Aborting"))
                .isEqualTo("The embedded database does not start: Header page consists of zero bytes in datafile:"
                        + " ./ibdata1 (its log is /data/mariadb/error.log).");
    }

    @Test
    void sentenceWhenTheDiskIsFullThenSaysSo() {
        assertThat(sentence("[ERROR] InnoDB: Error number 28 means 'No space left on device'"))
                .isEqualTo("The disk that holds /data is full, so the embedded database does not start.");
    }

    @Test
    void sentenceWhenALibraryIsMissingThenNamesIt() {
        assertThat(sentence("mariadbd: error while loading shared libraries: libcrypt.so.1: cannot open shared object"
                        + " file: No such file or directory"))
                .startsWith("The embedded database can't run here because the system has no libcrypt.so.1;");
        assertThat(sentence("mariadbd: /lib/libc.so.6: version `GLIBC_2.28' not found (required by mariadbd)"))
                .startsWith("The embedded database can't run here because the system has no GLIBC_2.28;");
    }

    @Test
    void sentenceWhenTheLogIsEmptyThenGivesTheExitCode() {
        assertThat(EmbeddedMariaDb.sentence(List.of(), 137, LOG)).contains("does not start: exit code 137 (");
    }

    private static String sentence(String... lines) {
        return EmbeddedMariaDb.sentence(List.of(lines), 1, LOG);
    }
}
