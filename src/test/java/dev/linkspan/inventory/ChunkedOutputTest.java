package dev.linkspan.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkedOutputTest {
    private static final int CHUNK = 1 << 20;

    private final List<byte[]> chunks = new ArrayList<>();

    private ChunkedOutput output(long limit) {
        return new ChunkedOutput(
                (chunk, number) -> {
                    assertThat(number).isEqualTo(chunks.size());
                    chunks.add(chunk);
                },
                limit);
    }

    @Test
    void writeWhenLongerThanAChunkThenCut() {
        byte[] bytes = new byte[2 * CHUNK + 5];
        bytes[CHUNK] = 1;
        try (ChunkedOutput output = output(Long.MAX_VALUE)) {
            output.write(bytes, 0, 10);
            output.write(7);
            output.write(bytes, 11, bytes.length - 11);
            assertThat(output.size()).isEqualTo(bytes.length);
        }
        assertThat(chunks).extracting(chunk -> chunk.length).containsExactly(CHUNK, CHUNK, 5);
        assertThat(chunks.getFirst()[10]).isEqualTo((byte) 7);
        assertThat(chunks.get(1)[0]).isEqualTo((byte) 1);
    }

    @Test
    void writeWhenNothingThenNoChunk() {
        output(0).close();
        assertThat(chunks).isEmpty();
    }

    @Test
    void writeWhenOverTheLimitThenRefused() {
        ChunkedOutput output = output(3);
        output.write(new byte[3], 0, 3);
        assertThatThrownBy(() -> output.write(1)).hasMessageContaining("larger than 3 bytes");
    }
}
