package dev.linkspan;

import dev.linkspan.store.StartupProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Changes the certificate of the cluster whose server runs on a data directory: prepares the next one, waits until linked
 * Linkspans have read it, tells the others, shows the result for each link, and puts it in force when it was confirmed.
 */
final class RotateCertificateCommand {
    private static final String ROTATION = "/1.0/linkspan/certificates/rotation";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final LocalServer server;
    private final boolean yes;
    private final BufferedReader answers;
    private final PrintStream out;

    /**
     * @param yes whether nothing is asked: the certificate is put in force when no link would break, and else not
     */
    RotateCertificateCommand(Path data, boolean yes, BufferedReader answers, PrintStream out) {
        this.server = new LocalServer(data);
        this.yes = yes;
        this.answers = answers;
        this.out = out;
    }

    void run() {
        try {
            change();
        } catch (LocalServer.Refused e) {
            throw new StartupProblem("The certificate was not changed: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new StartupProblem("The certificate was not changed: " + e.getMessage() + ".", e);
        }
    }

    private void change() throws LocalServer.Refused, IOException {
        JsonNode report = server.call("POST", ROTATION, "{}");
        String next = report.path("next").asString();
        out.println("Certificate in force:      " + report.path("current").asString());
        out.println("Prepared next certificate: " + next);
        report = awaitReaders(report);
        show(report);
        if (!confirmed("Tell those that have to be told, and put it in force?")) {
            cancel();
            return;
        }
        String command = "{\"fingerprint\": \"" + next + "\"}";
        report = server.call("POST", ROTATION + "/tell", command);
        List<JsonNode> breaking = breaking(report);
        if (!breaking.isEmpty()) {
            show(report);
            out.println(breaking.size() + " would break or have to be told later.");
            if (yes || !confirmed("Put it in force all the same?")) {
                cancel();
                throw new StartupProblem("The certificate was not changed: linked clusters could not be told.");
            }
            command = "{\"fingerprint\": \"" + next + "\", \"force\": true}";
        }
        server.call("POST", ROTATION + "/activate", command);
        out.println("The next certificate is in force: " + next);
    }

    private JsonNode awaitReaders(JsonNode first) throws LocalServer.Refused {
        JsonNode report = first;
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (waiting(report) && System.nanoTime() < end) {
            if (!told) {
                out.println("Waiting until linked Linkspans have read it …");
                told = true;
            }
            sleep();
            report = server.call("GET", ROTATION, "");
        }
        return report;
    }

    private static boolean waiting(JsonNode report) {
        return links(report).stream()
                .map(link -> link.path("result").asString())
                .anyMatch(result -> result.equals("waiting"));
    }

    private static List<JsonNode> links(JsonNode report) {
        return report.path("links").valueStream().toList();
    }

    private static List<JsonNode> breaking(JsonNode report) {
        return links(report).stream()
                .filter(link -> link.path("breaks").asBoolean())
                .toList();
    }

    private static void sleep() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupProblem("The certificate was not changed: interrupted.");
        }
    }

    private void show(JsonNode report) {
        if (links(report).isEmpty()) {
            out.println("There are no links.");
        }
        for (JsonNode link : links(report)) {
            String detail = link.path("detail").asString();
            out.printf(
                    "  %-14s %s%s%n",
                    link.path("result").asString().replace('_', ' '),
                    link.path("name").asString(),
                    detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    private boolean confirmed(String question) throws IOException {
        if (yes) {
            return true;
        }
        out.print(question + " [y/N] ");
        out.flush();
        String answer = answers.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private void cancel() throws LocalServer.Refused {
        server.call("DELETE", ROTATION, "");
        out.println("The prepared certificate was given up; nothing has changed.");
    }
}
