package dev.linkspan.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One request that waits for its answer at a {@link ScriptedPeer}. A {@link Fault} decides with these steps what the
 * caller gets to see and when the peer changes its state.
 */
public final class PeerExchange {

    private final ReceivedRequest request;
    private final PeerAddress address;
    private final Supplier<Answer> stock;
    private final Socket tcp;
    private final InputStream in;
    private final OutputStream out;
    private boolean open = true;

    PeerExchange(
            ReceivedRequest request,
            PeerAddress address,
            Supplier<Answer> stock,
            Socket tcp,
            InputStream in,
            OutputStream out) {
        this.request = request;
        this.address = address;
        this.stock = stock;
        this.tcp = tcp;
        this.in = in;
        this.out = out;
    }

    public ReceivedRequest request() {
        return request;
    }

    /** The address that the request came to. */
    public PeerAddress address() {
        return address;
    }

    /** Does what a stock LXD does with the request, state changes included, and returns its answer unsent. */
    public Answer commit() {
        return stock.get();
    }

    /** Sends an answer, with {@code Connection: close} and the end of the connection when {@code last} is true. */
    public void send(Answer answer, boolean last) throws IOException {
        StringBuilder head = head(answer.status(), answer.headers());
        head.append("Content-Length: ").append(answer.content().length).append("\r\n");
        if (last) {
            head.append("Connection: close\r\n");
        }
        head.append("\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + answer.content().length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(answer.content(), 0, all, first.length, answer.content().length);
        sendBytes(all);
        if (last) {
            close();
        }
    }

    /** Sends an answer and keeps the connection, unless the caller asked to close it. */
    public void send(Answer answer) throws IOException {
        send(answer, "close".equalsIgnoreCase(request.headers().get("Connection")));
    }

    static StringBuilder head(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(StockAnswers.reason(status))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head;
    }

    /** Sends bytes as they are. */
    public void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Ends the connection in order. */
    public void close() {
        open = false;
    }

    /** Ends the connection by a TCP reset, with no TLS goodbye. */
    public void reset() throws IOException {
        open = false;
        try {
            tcp.setSoLinger(true, 0);
        } catch (SocketException e) {
            // The other side was faster: there is nothing left to reset.
            return;
        }
        tcp.close();
    }

    /** Says nothing until the caller closes the connection or the peer is closed. */
    public void holdUntilClosed() {
        open = false;
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A reset ends the wait as well as a close.
            return;
        }
    }

    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    boolean isOpen() {
        return open;
    }
}
