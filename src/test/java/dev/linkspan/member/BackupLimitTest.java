package dev.linkspan.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackupLimitTest {
    @Test
    void parseWhenSizeThenBytes() {
        assertThat(BackupLimit.parse(BackupLimit.DEFAULT)).isEqualTo(256L << 20);
        assertThat(BackupLimit.parse("12")).isEqualTo(12);
        assertThat(BackupLimit.parse("5kB")).isEqualTo(5_000);
        assertThat(BackupLimit.parse("4GiB")).isEqualTo(4L << 30);
    }

    @Test
    void parseWhenNoSizeThenRefusedByKey() {
        for (String bad : List.of("much", "-1", "5GiB", "1 MiB", "1mib", "99999999999999", "")) {
            assertThatThrownBy(() -> BackupLimit.parse(bad)).as(bad).hasMessageContaining("linkspan.backup_size_limit");
        }
    }
}
