package dev.linkspan;

import dev.linkspan.store.StartupProblem;
import java.io.PrintStream;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Asks the server that runs on a data directory for a one-time sign-in link. */
final class SignInLinkCommand {
    private final Path data;

    SignInLinkCommand(Path data) {
        this.data = data;
    }

    /** Prints the link alone on {@code out}, so that it can be piped, and on {@code notes} when it expires. */
    void run(PrintStream out, PrintStream notes) {
        try {
            JsonNode link = new LocalServer(data).call("POST", "/1.0/linkspan/sign-in-links", "{}");
            out.println(link.path("url").asString());
            notes.println("It works once, until " + link.path("expires_at").asString() + ".");
        } catch (LocalServer.Refused e) {
            throw new StartupProblem("The server on " + data + " made no sign-in link: " + e.getMessage() + ".");
        }
    }
}
