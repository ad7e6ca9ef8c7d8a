package dev.linkspan.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that belongs to one process: mode 0700, so that nobody else reaches the sockets and keys in it, and
 * locked until the process ends, however it ends.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "linkspan.lock";
    private static final String SOCKET = "unix.socket";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final long LEAST_FREE_BYTES = 16L << 20;

    /** {@code sockaddr_un} holds 108 bytes, the last of which is zero. */
    private static final int LONGEST_SOCKET_PATH = 107;

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Where data goes when nobody says otherwise. */
    public static Path defaultPath() {
        return Path.of(System.getProperty("user.home"), ".local", "share", "linkspan");
    }

    /** The API's socket in a data directory, whether or not a server runs there. */
    public static Path socketIn(Path directory) {
        return directory.toAbsolutePath().normalize().resolve(SOCKET);
    }

    /**
     * Creates what is missing and takes the directory for this process.
     *
     * @throws StartupProblem when it is in use, can't be written, isn't a data directory, or its disk is full
     */
    static DataDirectory open(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        refuseLongSocketPath(path);
        try {
            path = prepared(path);
            refuseLongSocketPath(path);
            FileChannel lock = lock(path);
            refuseFullDisk(path, lock);
            return new DataDirectory(path, lock);
        } catch (IOException e) {
            throw problem(path, e);
        }
    }

    /** The absolute path, free of symbolic links. */
    public Path path() {
        return path;
    }

    /** The Unix socket on which the API answers the owner. */
    public Path socket() {
        return path.resolve(SOCKET);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Says in one sentence what kept us from reading or writing. */
    static StartupProblem problem(Path path, IOException e) {
        if (isFull(e)) {
            return new StartupProblem("The disk that holds " + path + " is full.", e);
        }
        if (e instanceof AccessDeniedException) {
            return new StartupProblem(
                    "User " + System.getProperty("user.name") + " may not write to " + e.getMessage() + ".", e);
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return new StartupProblem("The data directory " + path + " isn't a directory.", e);
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return new StartupProblem("The data directory " + path + " can't be used: " + reason + ".", e);
    }

    static boolean isFull(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }

    private static Path prepared(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(path.getParent());
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return path.toRealPath();
        }
        Path real = path.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new StartupProblem("The data directory " + path + " isn't a directory.");
        }
        refuseForeign(real);
        if (!Files.getPosixFilePermissions(real).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(real, OWNER_ONLY);
        }
        return real;
    }

    /** Without this {@code --data /home/somebody} would close a home directory and fill it with ours. */
    private static void refuseForeign(Path path) throws IOException {
        if (Files.exists(path.resolve(LOCK))) {
            return;
        }
        List<String> others;
        try (Stream<Path> files = Files.list(path)) {
            others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lost+found"))
                    .toList();
        }
        if (!others.isEmpty()) {
            throw new StartupProblem(
                    "The directory " + path + " isn't empty and isn't a data directory of Linkspan; name another one.");
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        Path file = path.resolve(LOCK);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            String holder = Files.readString(file, StandardCharsets.UTF_8).strip();
            throw new StartupProblem("The data directory " + path + " is in use by another Linkspan server"
                    + (holder.isEmpty() ? "." : " (process " + holder + ")."));
        }
        return channel;
    }

    private static void refuseFullDisk(Path path, FileChannel lock) throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            lock.close();
            throw new StartupProblem("The disk that holds " + path + " is full: " + (free >> 20) + " MB are free, "
                    + (LEAST_FREE_BYTES >> 20) + " MB are needed.");
        }
        lock.truncate(0);
        lock.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
    }

    private static void refuseLongSocketPath(Path path) {
        int length = path.resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET_PATH) {
            throw new StartupProblem("The path of the data directory " + path + " is too long for a Unix socket: "
                    + length + " bytes, at most " + LONGEST_SOCKET_PATH + " are possible.");
        }
    }
}
