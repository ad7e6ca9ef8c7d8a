package dev.linkspan.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real server as a child process, with its own data directory. It can be killed and started again on the same data.
 *
 * <p>By default it runs the packaged or compiled classes with flags for a quick start; {@link Setup#launcher} takes the
 * {@code linkspan} script instead, as people start it.
 */
public final class LinkspanProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Path SCRATCH = Path.of("target", "servers").toAbsolutePath();
    private static final Pattern SIGN_IN = Pattern.compile("https://\\S+/ui/sign-in\\?token=\\S+");
    /** Servers start one after the other: at once they would all be late. */
    private static final Semaphore TURN = new Semaphore(1);

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final List<String> QUICK = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Dvaadin.productionMode=true");

    private final Setup setup;
    private final StringBuffer output = new StringBuffer();
    private Process process;
    private Thread reader;
    private Duration startTime;

    private LinkspanProcess(Setup setup) {
        this.setup = setup;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** What to start and how. */
    public static final class Setup {
        private final String name;
        private Path data;
        private String address;
        private Path launcher;
        private final List<String> flags = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Setup(String name) {
            this.name = name;
            this.data = SCRATCH.resolve(name + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
            this.address = "127.0.0.1:" + FreePort.next();
        }

        public Setup data(Path directory) {
            data = directory.toAbsolutePath();
            return this;
        }

        /** Replaces the free port of the loopback; null leaves {@code --address} out. */
        public Setup address(String hostAndPort) {
            address = hostAndPort;
            return this;
        }

        /** Starts by this script with its own JVM flags instead of the compiled classes. */
        public Setup launcher(Path script) {
            launcher = script;
            return this;
        }

        /** More JVM flags, after the default ones. */
        public Setup flags(String... more) {
            flags.addAll(List.of(more));
            return this;
        }

        /** More arguments after {@code run --data … --address … --name …}. */
        public Setup arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        public Setup environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Starts and waits until both the Unix socket and the HTTPS port answer. */
        public LinkspanProcess start() {
            LinkspanProcess server = new LinkspanProcess(this);
            server.start();
            return server;
        }

        /** Starts and waits for the end: for starts that must fail. */
        public Ended runToEnd() {
            LinkspanProcess server = new LinkspanProcess(this);
            server.launch();
            try {
                if (!server.process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                    server.close();
                    throw new IllegalStateException("still running: " + server.output());
                }
                server.reader.join();
                return new Ended(server.process.exitValue(), server.output());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** How a process ended that was not meant to run. */
    public record Ended(int status, String output) {}

    /** A server of this name on a fresh data directory and a free port of the loopback. */
    public static Setup named(String name) {
        return new Setup(name);
    }

    /** Starts such a server at once. */
    public static LinkspanProcess start(String name) {
        return named(name).start();
    }

    private void launch() {
        try {
            Files.createDirectories(setup.data.getParent());
            List<String> command = new ArrayList<>();
            if (setup.launcher != null) {
                command.add(setup.launcher.toAbsolutePath().toString());
            } else {
                String java =
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                command.add(java);
                command.addAll(QUICK);
                command.addAll(StartCache.flags(java, QUICK));
                command.addAll(setup.flags);
                command.add("dev.linkspan.Linkspan");
            }
            command.addAll(List.of("run", "--data", setup.data.toString()));
            if (setup.address != null) {
                command.addAll(List.of("--address", setup.address));
            }
            command.addAll(List.of("--name", setup.name));
            command.addAll(setup.arguments);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("LINKSPAN_"));
            builder.environment().putAll(setup.environment);
            process = builder.start();
            Process started = process;
            reader = Thread.ofPlatform().daemon().start(() -> read(started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Process from) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
            }
        } catch (IOException e) {
            output.append("(output lost: ").append(e.getMessage()).append(")\n");
        }
    }

    /** Starts again on the same data, after {@link #kill9} or {@link #stop}. */
    public LinkspanProcess start() {
        TURN.acquireUninterruptibly();
        try {
            launchAndWait();
            return this;
        } finally {
            TURN.release();
        }
    }

    private void launchAndWait() {
        Instant begin = Instant.now();
        output.setLength(0);
        launch();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "ended with " + process.exitValue() + " during its start:\n" + output());
            }
            if (Duration.between(begin, Instant.now()).compareTo(START) > 0) {
                close();
                throw new IllegalStateException("does not answer after " + START + ":\n" + output());
            }
            pause();
        }
        startTime = Duration.between(begin, Instant.now());
    }

    private boolean answers() {
        try {
            return (setup.address == null || https().get("/1.0").status() == 200)
                    && unix().get("/1.0").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From the call of {@link #start} to the first answer of {@code GET /1.0}. */
    public Duration startTime() {
        return startTime;
    }

    /** The process of the JVM: with a launcher that did not hand its own over, a child of it. */
    public long javaPid() {
        return java().pid();
    }

    private ProcessHandle java() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(candidate -> candidate.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@code host:port}. */
    public String address() {
        return setup.address;
    }

    public String name() {
        return setup.name;
    }

    public Path data() {
        return setup.data;
    }

    /** Standard output and error since the last start. */
    public String output() {
        return output.toString();
    }

    /** The last console sign-in link that was printed. */
    public String signInLink() {
        Matcher links = SIGN_IN.matcher(output);
        String last = null;
        while (links.find()) {
            last = links.group();
        }
        if (last == null) {
            throw new IllegalStateException("no sign-in link in:\n" + output());
        }
        return last;
    }

    /** Kills the server without any chance to clean up. Its database process may survive it. */
    /** Lets the process stand still, with its connections open, or go on. */
    public void still(boolean now) {
        try {
            String signal = now ? "-STOP" : "-CONT";
            new ProcessBuilder("kill", signal, String.valueOf(java().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void kill9() {
        try {
            java().destroyForcibly();
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the server to end and waits; returns its exit status. */
    public int stop() {
        java().destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                kill9();
                throw new IllegalStateException("did not stop within " + STOP + ":\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The local socket, whose caller may do everything. */
    public ApiClient unix() {
        return ApiClient.unix(setup.data.resolve("unix.socket"));
    }

    /** An untrusted client. */
    public ApiClient https() {
        return ApiClient.https(setup.address);
    }

    /** A new client certificate in group {@code admins}. */
    public ApiClient admin() {
        return client("admins");
    }

    /** A new client certificate in these groups. */
    public ApiClient client(String... groups) {
        TestCertificate certificate = TestCertificates.client("client");
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("name", "client-" + certificate.fingerprint().substring(0, 12));
        identity.put("certificate", certificate.pem());
        identity.put("groups", groups);
        Answer answer = unix().post("/1.0/auth/identities/tls", identity);
        if (answer.status() != 201) {
            throw new IllegalStateException("no client identity: " + answer);
        }
        return https().as(certificate);
    }

    /** The certificate that the server serves, as lower-case hex SHA-256. */
    public String fingerprint() {
        return TestCertificate.fingerprint(served());
    }

    /** The certificate that the server serves, as PEM text. */
    public String pem() {
        return new TestCertificate(served(), null).pem();
    }

    private X509Certificate served() {
        try (HttpConnection connection = https().connect()) {
            return connection.peer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server, and what a killed one left running on its data, and deletes scratch data. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            try {
                stop();
            } catch (IllegalStateException e) {
                kill9();
            }
        }
        String data = setup.data.toString();
        ProcessHandle.allProcesses()
                .filter(other -> other.info()
                        .arguments()
                        .map(arguments -> Stream.of(arguments).anyMatch(argument -> argument.contains(data)))
                        .orElse(false))
                .forEach(LinkspanProcess::kill);
        if (setup.data.startsWith(SCRATCH)) {
            delete(setup.data);
        }
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + directory + " (" + e.getMessage() + ")");
        }
    }
}
