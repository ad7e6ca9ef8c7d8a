package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** Cuts what is written to it into chunks, up to a limit. */
final class ChunkedOutput extends OutputStream {
    private static final int CHUNK = 1 << 20;

    private final ObjIntConsumer<byte[]> chunks;
    private final long limit;
    private byte[] buffer = new byte[8192];
    private int filled;
    private int number;
    private long size;
    private boolean closed;

    /**
     * @param chunks takes each chunk with its number, from 0
     * @param limit in bytes; more than that is refused with {@link Problem#BACKUP_TOO_LARGE}
     */
    ChunkedOutput(ObjIntConsumer<byte[]> chunks, long limit) {
        this.chunks = chunks;
        this.limit = limit;
    }

    /** How many bytes were written. */
    long size() {
        return size;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        size += length;
        if (size > limit) {
            throw Problem.BACKUP_TOO_LARGE.with(limit);
        }
        int next = offset;
        int left = length;
        while (left > 0) {
            if (filled == buffer.length && buffer.length < CHUNK) {
                buffer = Arrays.copyOf(buffer, Math.min(CHUNK, 4 * buffer.length));
            }
            int part = Math.min(left, buffer.length - filled);
            System.arraycopy(bytes, next, buffer, filled, part);
            filled += part;
            next += part;
            left -= part;
            if (filled == CHUNK) {
                emit();
            }
        }
    }

    private void emit() {
        chunks.accept(Arrays.copyOf(buffer, filled), number++);
        filled = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (filled > 0) {
                emit();
            }
        }
    }
}
