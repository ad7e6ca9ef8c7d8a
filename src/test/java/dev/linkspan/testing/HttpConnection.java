package dev.linkspan.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One HTTP/1.1 connection over TLS or a Unix socket, spoken by hand: no pooling, no retries, nothing hidden. */
public final class HttpConnection implements Closeable {

    private final String host;
    private final Closeable socket;
    private final InputStream in;
    private final OutputStream out;
    private final X509Certificate peer;

    private HttpConnection(String host, Closeable socket, InputStream in, OutputStream out, X509Certificate peer) {
        this.host = host;
        this.socket = socket;
        this.in = new BufferedInputStream(in, 16384);
        this.out = out;
        this.peer = peer;
    }

    /**
     * Connects and shakes hands.
     *
     * @param address {@code host:port}
     * @param timeout for the connection and then for each read
     */
    public static HttpConnection tls(String address, SSLContext context, Duration timeout) throws IOException {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(address.substring(colon + 1));
        Socket tcp = new Socket();
        try {
            tcp.setTcpNoDelay(true);
            tcp.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            tcp.setSoTimeout((int) timeout.toMillis());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate peer = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return new HttpConnection(address, socket, socket.getInputStream(), socket.getOutputStream(), peer);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    public static HttpConnection unix(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new HttpConnection(
                    "linkspan", channel, Channels.newInputStream(channel), Channels.newOutputStream(channel), null);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The leaf that the other side served, null on a Unix socket. */
    public X509Certificate peer() {
        return peer;
    }

    /**
     * Sends a request and reads its whole answer. An answer that comes before the body was taken (too large, for
     * instance) is returned too.
     *
     * @param headers lines such as {@code If-Match: "…"}; a {@code Host} among them replaces ours
     */
    public Answer send(String method, String path, byte[] body, String... headers) throws IOException {
        StringBuilder head =
                new StringBuilder().append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        boolean ownHost = false;
        boolean ownType = false;
        for (String header : headers) {
            String name = header.toLowerCase(Locale.ROOT);
            ownHost |= name.startsWith("host:");
            ownType |= name.startsWith("content-type:");
            head.append(header).append("\r\n");
        }
        if (!ownHost) {
            head.append("Host: ").append(host).append("\r\n");
        }
        if (body != null) {
            if (!ownType) {
                head.append("Content-Type: application/json\r\n");
            }
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        IOException unsent = null;
        try {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.write(head.toString().getBytes(StandardCharsets.UTF_8));
            if (body != null && body.length < 16384) {
                first.write(body);
            }
            out.write(first.toByteArray());
            if (body != null && body.length >= 16384) {
                out.write(body);
            }
            out.flush();
        } catch (IOException e) {
            unsent = e;
        }
        try {
            return answer(method);
        } catch (IOException e) {
            if (unsent != null) {
                e.addSuppressed(unsent);
            }
            throw e;
        }
    }

    /** What comes after an upgrade. */
    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Sends a request and reads up to {@code most} bytes of whatever comes back. */
    public int read(String method, String path, int most) throws IOException {
        out.write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return in.readNBytes(most).length;
    }

    private Answer answer(String method) throws IOException {
        String line = line(in);
        while (line.startsWith("HTTP/1.1 100")) {
            fields(in);
            line = line(in);
        }
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP answer: " + line);
        }
        Map<String, String> headers = fields(in);
        int status = Integer.parseInt(parts[1]);
        boolean empty = method.equals("HEAD") || status == 101 || status == 204 || status == 304;
        return new Answer(status, headers, empty ? new byte[0] : content(in, headers, true));
    }

    static Map<String, String> fields(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    static byte[] content(InputStream in, Map<String, String> headers, boolean untilClosed) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                all.write(exactly(in, size));
                line(in);
            }
            fields(in);
            return all.toByteArray();
        }
        String length = headers.get("Content-Length");
        if (length != null) {
            return exactly(in, Integer.parseInt(length));
        }
        return untilClosed ? in.readAllBytes() : new byte[0];
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].trim(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed in the middle of a line");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
