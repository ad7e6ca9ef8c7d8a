package dev.linkspan.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** What a {@link ScriptedPeer} does with a request instead of answering it like a stock LXD. */
@FunctionalInterface
public interface Fault {

    void answer(PeerExchange exchange) throws IOException, InterruptedException;

    /** The stock answer: for rules that end a fault. */
    static Fault none() {
        return exchange -> exchange.send(exchange.commit());
    }

    /** Changes nothing and closes the connection. */
    static Fault drop() {
        return PeerExchange::close;
    }

    /** Changes nothing and resets the connection. */
    static Fault reset() {
        return PeerExchange::reset;
    }

    static Fault commitThenReset() {
        return exchange -> {
            exchange.commit();
            exchange.reset();
        };
    }

    static Fault commitThenHalfABody() {
        return exchange -> {
            Answer answer = exchange.commit();
            int length = answer.content().length;
            StringBuilder head = PeerExchange.head(answer.status(), answer.headers());
            head.append("Content-Length: ").append(length).append("\r\n\r\n");
            exchange.sendBytes(head.toString().getBytes(StandardCharsets.UTF_8));
            exchange.sendBytes(Arrays.copyOf(answer.content(), length / 2));
            exchange.close();
        };
    }

    static Fault commitThenRefuse(int status, String error) {
        return exchange -> {
            exchange.commit();
            exchange.send(StockAnswers.error(status, error));
        };
    }

    static Fault commitThenSilence() {
        return exchange -> {
            exchange.commit();
            exchange.holdUntilClosed();
        };
    }

    /** Changes nothing, never answers. */
    static Fault silence() {
        return PeerExchange::holdUntilClosed;
    }

    static Fault commitThenAnswerAfter(Duration delay) {
        return exchange -> {
            Answer answer = exchange.commit();
            exchange.pause(delay);
            exchange.send(answer);
        };
    }

    /** Commits late: even after the caller has given up. */
    static Fault commitAfter(Duration delay) {
        return exchange -> {
            exchange.pause(delay);
            exchange.send(exchange.commit());
        };
    }

    /** Changes nothing, answers with an error. */
    static Fault refuse(int status, String error) {
        return exchange -> exchange.send(StockAnswers.error(status, error));
    }

    static Fault html() {
        return body("text/html; charset=utf-8", "<!DOCTYPE html><html><body><h1>It works!</h1></body></html>");
    }

    /** JSON that is no LXD envelope. */
    static Fault otherJson() {
        return body("application/json", "{\"hello\":\"world\"}");
    }

    static Fault garbage() {
        return body("application/json", "{\"type\":\"sync\",\"metadata\":{{{");
    }

    /** An envelope like any other, a few hundred kilobytes long, that is far larger when it is read into objects. */
    static Fault manyObjects() {
        return body(
                "application/json",
                "{\"type\":\"sync\",\"status_code\":200,\"metadata\":{\"auth\":\"trusted\",\"x\":["
                        + "[],".repeat(150_000) + "[]]}}");
    }

    private static Fault body(String type, String text) {
        return exchange ->
                exchange.send(new Answer(200, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** To {@code https://address} and the path of the request. */
    static Fault redirect(String address) {
        return exchange -> exchange.send(new Answer(
                302,
                Map.of("Location", "https://" + address + exchange.request().path()),
                new byte[0]));
    }

    /** Begins well and never ends, as fast as the caller reads. */
    static Fault endlessBody() {
        return exchange -> {
            exchange.close();
            exchange.sendBytes(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                            + "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"metadata\":{\"x\":\"")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] more = "x".repeat(16384).getBytes(StandardCharsets.UTF_8);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.sendBytes(more);
            }
        };
    }

    /** Begins well and goes on by one byte a time: no read ever takes long, the whole never ends. */
    static Fault trickle(Duration pause) {
        return exchange -> {
            exchange.close();
            exchange.sendBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
                    .getBytes(StandardCharsets.UTF_8));
            while (!Thread.currentThread().isInterrupted()) {
                exchange.sendBytes(new byte[] {' '});
                exchange.pause(pause);
            }
        };
    }

    /** Says that instead of an answer and waits, also when the caller says goodbye. */
    static Fault sayAndStay(String text) {
        return exchange -> {
            exchange.close();
            exchange.sendBytes(text.getBytes(StandardCharsets.UTF_8));
            while (!Thread.currentThread().isInterrupted()) {
                exchange.pause(Duration.ofSeconds(1));
            }
        };
    }

    /** Answers like a stock LXD, then lets every new connection of this address stall before its handshake. */
    static Fault answerThenStall() {
        return exchange -> {
            exchange.address().stall();
            exchange.send(exchange.commit(), true);
        };
    }
}
