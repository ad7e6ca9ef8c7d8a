package dev.linkspan.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A real MariaDB server as a child process, with its data in the data directory. It has no port and no password: it
 * listens on a Unix socket in a directory that only its user can enter, and knows that user by the socket. When it dies
 * while we run it is started again.
 */
final class EmbeddedMariaDb implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);
    private static final String SCHEMA = "linkspan";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration NOTICE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long LOG_LIMIT = 8L << 20;
    private static final long FIRST_START_BYTES = 256L << 20;
    private static final Pattern ERROR_LINE = Pattern.compile("\\[ERROR] (?:mariadbd: |InnoDB: )?(.+)");
    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("error while loading shared libraries: ([^:\\s]+): .*|.*version `([^']+)' not found.*");

    private final Path home;
    private final Path data;
    private final Path socket;
    private final Path log;
    private final Path initFile;
    private final String user = System.getProperty("user.name");
    private MariaDbBinaries binaries;
    private Process process;
    private volatile boolean stopping;

    private EmbeddedMariaDb(DataDirectory directory) {
        home = directory.path().resolve("mariadb");
        data = home.resolve("data");
        socket = directory.path().resolve("db.socket");
        log = home.resolve("error.log");
        initFile = home.resolve("init.sql");
    }

    /**
     * Starts the server, after the first time in well under a second, and returns when it accepts connections.
     *
     * @throws StartupProblem with the reason that the server gave
     */
    static EmbeddedMariaDb start(DataDirectory directory) {
        var database = new EmbeddedMariaDb(directory);
        try {
            database.prepare();
            database.launch();
        } catch (IOException e) {
            throw DataDirectory.problem(directory.path(), e);
        }
        database.watch(database.process);
        return database;
    }

    @Override
    public String url() {
        return "jdbc:mariadb://localhost/" + SCHEMA;
    }

    @Override
    public Properties properties() {
        var properties = new Properties();
        properties.setProperty("localSocket", socket.toString());
        properties.setProperty("sslMode", "disable");
        properties.setProperty("user", user);
        return properties;
    }

    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            stop(process);
        }
    }

    private void prepare() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw new StartupProblem("The embedded database exists for Linux on x86-64 only; set linkspan.database.url"
                    + " (LINKSPAN_DATABASE_URL) to a MariaDB of your own.");
        }
        if (user == null || user.isEmpty() || user.equals("?")) {
            throw new StartupProblem("The embedded database needs a user with a name, and the system knows none for"
                    + " the user id of this process; add one, or set linkspan.database.url (LINKSPAN_DATABASE_URL).");
        }
        Files.createDirectories(home);
        LeftoverServer.stop(home, data);
        rotateLog();
        if (!Files.isDirectory(data)) {
            long free = Files.getFileStore(home).getUsableSpace();
            if (free < FIRST_START_BYTES) {
                throw new StartupProblem("The disk that holds " + home.getParent() + " is full: " + (free >> 20)
                        + " MB are free, a new database needs " + (FIRST_START_BYTES >> 20) + " MB.");
            }
        }
        binaries = MariaDbBinaries.unpacked(home);
        FileSystemUtils.deleteRecursively(home.resolve("tmp"));
        Files.createDirectories(home.resolve("tmp"));
        if (!Files.isDirectory(data)) {
            createData();
        }
        Files.writeString(
                initFile, """
                CREATE USER IF NOT EXISTS %1$s@'localhost' IDENTIFIED VIA unix_socket;
                GRANT ALL PRIVILEGES ON *.* TO %1$s@'localhost';
                CREATE DATABASE IF NOT EXISTS %2$s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
                """.formatted("'" + user.replace("\\", "\\\\").replace("'", "''") + "'", SCHEMA));
    }

    private void createData() throws IOException {
        Path draft = home.resolve("data.new");
        FileSystemUtils.deleteRecursively(draft);
        Files.createDirectories(draft);
        List<String> command = command(draft);
        command.addAll(List.of("--bootstrap", "--max-allowed-packet=8M"));
        long logStart = logLength();
        Process bootstrap = process(command);
        try (InputStream in = MariaDbBinaries.systemTables();
                OutputStream out = bootstrap.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            LOG.debug("The bootstrap process closed its input", e);
        }
        try {
            if (bootstrap.waitFor() != 0) {
                throw failure(logStart, bootstrap.exitValue());
            }
        } catch (InterruptedException e) {
            bootstrap.destroyForcibly();
            throw interrupted(e);
        }
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> command(Path datadir) {
        var command = new ArrayList<String>();
        command.add(binaries.server().toString());
        command.add("--no-defaults");
        command.add("--basedir=" + binaries.directory());
        command.add("--lc-messages-dir=" + binaries.share());
        command.add("--character-sets-dir=" + binaries.share().resolve("charsets"));
        command.add("--plugin-dir=" + binaries.directory());
        command.add("--datadir=" + datadir);
        command.add("--tmpdir=" + home.resolve("tmp"));
        if (user.equals("root")) {
            command.add("--user=root");
        }
        command.addAll(List.of(
                "--skip-networking",
                "--skip-ssl",
                "--skip-name-resolve",
                "--skip-log-bin",
                "--local-infile=OFF",
                "--symbolic-links=OFF",
                "--performance-schema=OFF",
                "--feedback=OFF",
                "--log-warnings=1",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--max-connections=100",
                "--open-files-limit=4096",
                "--key-buffer-size=1M",
                "--aria-pagecache-buffer-size=8M",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=64M",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-dump-at-shutdown=OFF",
                "--innodb-buffer-pool-load-at-startup=OFF"));
        return command;
    }

    private void launch() throws IOException {
        Files.deleteIfExists(socket);
        List<String> command = command(data);
        command.add("--socket=" + socket);
        command.add("--pid-file=" + home.resolve("mariadbd.pid"));
        command.add("--init-file=" + initFile);
        long logStart = logLength();
        process = process(command);
        try {
            awaitConnections(process, logStart);
        } catch (InterruptedException e) {
            stop(process);
            throw interrupted(e);
        }
    }

    private Process process(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    /** The server sends its greeting only when crash recovery and the init file are done. */
    private void awaitConnections(Process server, long logStart) throws InterruptedException {
        long noticeAt = System.nanoTime() + NOTICE.toNanos();
        while (!greets()) {
            if (!server.isAlive()) {
                throw failure(logStart, server.exitValue());
            }
            if (stopping) {
                stop(server);
                throw new StartupProblem("The embedded database was stopped before it was ready.");
            }
            if (System.nanoTime() > noticeAt) {
                LOG.info("Still waiting for the embedded database, see {}", log);
                noticeAt = System.nanoTime() + NOTICE.toNanos();
            }
            Thread.sleep(POLL);
        }
    }

    private boolean greets() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.read(ByteBuffer.allocate(1)) == 1;
        } catch (IOException e) {
            return false;
        }
    }

    private void watch(Process server) {
        server.onExit().thenAccept(ended -> {
            if (!stopping) {
                LOG.warn(
                        "The embedded database ended unexpectedly (exit code {}), starting it again; its log is {}",
                        ended.exitValue(),
                        log);
                Thread.ofPlatform().name("database-restart").daemon().start(this::restart);
            }
        });
    }

    private void restart() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            try {
                Thread.sleep(pause);
                synchronized (this) {
                    if (stopping) {
                        return;
                    }
                    launch();
                }
                LOG.info("The embedded database runs again");
                watch(process);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | StartupProblem e) {
                LOG.error(e.getMessage());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static void stop(Process server) {
        server.destroy();
        try {
            if (server.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.destroyForcibly();
    }

    private long logLength() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    private void rotateLog() throws IOException {
        if (logLength() > LOG_LIMIT) {
            Files.move(log, log.resolveSibling("error.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private StartupProblem failure(long logStart, int exitCode) {
        return new StartupProblem(sentence(logSince(logStart), exitCode, log));
    }

    /** Turns the end of the server's log into one sentence. */
    static String sentence(List<String> lines, int exitCode, Path log) {
        String last = null;
        for (String line : lines) {
            Matcher library = MISSING_LIBRARY.matcher(line);
            if (library.find()) {
                String missing = library.group(1) != null ? library.group(1) : library.group(2);
                return "The embedded database can't run here because the system has no " + missing
                        + "; install it, or set linkspan.database.url (LINKSPAN_DATABASE_URL).";
            }
            if (line.contains("No space left on device")
                    || line.contains("Disk is full")
                    || line.contains("Disk full")) {
                return "The disk that holds " + log.getParent().getParent() + " is full, so the embedded database does"
                        + " not start.";
            }
            Matcher error = ERROR_LINE.matcher(line);
            if (error.find() && !error.group(1).equals("Aborting")) {
                last = last == null ? error.group(1) : last;
            }
        }
        String reason = last != null ? last : lines.isEmpty() ? "exit code " + exitCode : lines.getLast();
        return "The embedded database does not start: " + reason.strip().replaceAll("[.!]$", "") + " (its log is " + log
                + ").";
    }

    private List<String> logSince(long start) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(start);
            byte[] bytes = new byte[(int) Math.min(file.length() - start, LOG_LIMIT)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static StartupProblem interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartupProblem("The start was interrupted.", e);
    }
}
