package dev.linkspan.inventory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes a tar file in the ustar format (POSIX.1-1988). Names are ASCII and at most 100 bytes long. */
final class TarFile {
    private static final int BLOCK = 512;
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private final OutputStream out;
    private final long modified;

    TarFile(OutputStream out, Instant modified) {
        this.out = out;
        this.modified = modified.getEpochSecond();
    }

    void directory(String name) throws IOException {
        out.write(header(name, DIRECTORY_MODE, 0, '5'));
    }

    void file(String name, byte[] content) throws IOException {
        out.write(header(name, FILE_MODE, content.length, '0'));
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private byte[] header(String name, int mode, long size, char type) {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, modified);
        Arrays.fill(header, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        header[156] = (byte) type;
        text(header, 257, "ustar");
        text(header, 263, "00");
        text(header, 265, "root");
        text(header, 297, "root");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, CHECKSUM, String.format("%06o\0 ", sum));
        return header;
    }

    private static void octal(byte[] header, int start, int length, long value) {
        text(header, start, String.format("%0" + (length - 1) + "o", value));
    }

    private static void text(byte[] header, int start, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, start, bytes.length);
    }
}
