package dev.linkspan;

import dev.linkspan.store.StartupProblem;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.conscrypt.OpenSSLProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The server, and the few commands that talk to a running one. */
@SpringBootApplication
public class Linkspan {
    private static final Logger LOG = LoggerFactory.getLogger(Linkspan.class);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final long LONGEST_START_SECONDS = 120;

    /** The commands are those of {@link CommandLine#USAGE}. */
    public static void main(String[] args) {
        try {
            switch (CommandLine.parse(List.of(args), System.getenv("LINKSPAN_DATA"))) {
                case CommandLine.Run run -> serve(run);
                case CommandLine.SignInLink link -> new SignInLinkCommand(link.data()).run(System.out, System.err);
                case CommandLine.RotateCertificate rotate -> rotate(rotate);
            }
        } catch (CommandLine.UsageProblem e) {
            System.err.println("linkspan: " + e.getMessage() + "; " + CommandLine.USAGE);
            System.exit(MISUSED);
        } catch (StartupProblem e) {
            System.err.println("linkspan: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void serve(CommandLine.Run run) {
        preferNativeCryptography();
        var application = new SpringApplication(Linkspan.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        var started = new CompletableFuture<ConfigurableApplicationContext>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "shutdown"));
        try {
            started.complete(application.run(run.settings().toArray(String[]::new)));
            LOG.info("Ready after {} s", String.format(Locale.ROOT, "%.1f", secondsSinceStart()));
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            System.exit(FAILED);
        }
    }

    private static void rotate(CommandLine.RotateCertificate command) {
        var answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new RotateCertificateCommand(command.data(), command.yes(), answers, System.out).run();
    }

    private static double secondsSinceStart() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    }

    /** Three times the new TLS connections of the JDK's own arithmetic; TLS itself stays the JDK's. */
    static void preferNativeCryptography() {
        try {
            Provider conscrypt = new OpenSSLProvider();
            // It throws at the binary curves that the JDK's TLS asks about once, and TLS would then not work at all.
            conscrypt.remove("AlgorithmParameters.EC");
            // Its own TLS knows fewer kinds of certificates than the JDK's.
            List.copyOf(conscrypt.stringPropertyNames()).stream()
                    .filter(service -> service.startsWith("SSLContext."))
                    .forEach(conscrypt::remove);
            Security.insertProviderAt(conscrypt, 1);
        } catch (LinkageError e) {
            // No native library for this platform: the JDK does it all, slower.
        }
    }

    /** A stop that comes during the start waits for it: only a complete context can be taken down in order. */
    private static void stop(CompletableFuture<ConfigurableApplicationContext> started) {
        try {
            started.get(LONGEST_START_SECONDS, TimeUnit.SECONDS).close();
        } catch (ExecutionException e) {
            // The start failed and has cleaned up after itself.
        } catch (TimeoutException e) {
            System.err.println("linkspan: the start did not end, so the next one will have to clean up.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
