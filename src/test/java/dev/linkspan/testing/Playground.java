package dev.linkspan.testing;

import java.time.Duration;

/**
 * Starts what one needs to play with links: two servers, a slow peer and a lying peer. Runs until it is interrupted.
 */
public final class Playground {

    private Playground() {}

    public static void main(String[] args) throws InterruptedException {
        LinkspanProcess a = LinkspanProcess.named("playground-a").start();
        LinkspanProcess b = LinkspanProcess.named("playground-b").start();
        ScriptedPeer slow = ScriptedPeer.start("slow");
        slow.onActivation().always(Fault.commitThenAnswerAfter(Duration.ofSeconds(8)));
        ScriptedPeer lying = ScriptedPeer.start("lying");
        lying.onActivation().always(Fault.commitThenRefuse(500, "Sorry, it did not work"));

        show(a);
        show(b);
        System.out.printf(
                """

                A slow peer at %s (answers activations 8 s late). A token of it:
                %s

                A lying peer at %s (commits and then answers 500). A token of it:
                %s

                Paste a token on either console (I have a token), or:
                  curl --unix-socket %s http://linkspan/1.0/cluster/links \\
                    -d '{"name":"slow","type":"bidirectional","trust_token":"…"}'

                Ctrl-C ends everything.
                """,
                slow.address().address(),
                slow.issueToken("from-slow").encode(),
                lying.address().address(),
                lying.issueToken("from-lying").encode(),
                a.data().resolve("unix.socket"));
        Thread.currentThread().join();
    }

    private static void show(LinkspanProcess server) {
        System.out.printf(
                "%s at https://%s, data in %s%n  sign in: %s%n",
                server.name(), server.address(), server.data(), server.signInLink());
    }
}
