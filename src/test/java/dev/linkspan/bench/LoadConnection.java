package dev.linkspan.bench;

import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestTls;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.OpenSSLProvider;

/**
 * A TLS connection for load: it shares the machine with the server that it loads, so it does as little as possible. TLS
 * is done by native code, answers are skipped over rather than parsed. Sessions are never resumed, as with the stock
 * client.
 */
final class LoadConnection implements Closeable {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

    private static final AtomicLong COUNT = new AtomicLong();

    private final Socket tcp;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16384];
    private int filled;
    private int position;
    private byte[] body = new byte[0];

    LoadConnection(String address, SSLContext context) throws IOException {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon);
        int port = Integer.parseInt(address.substring(colon + 1));
        tcp = new Socket();
        try {
            tcp.setTcpNoDelay(true);
            tcp.setSoTimeout(60_000);
            tcp.connect(new InetSocketAddress(host, port));
            // Sessions are cached by host and port: under a name of its own none is found to be resumed.
            String key = "connection" + COUNT.incrementAndGet();
            socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, key, port, true);
            socket.startHandshake();
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    /** A context that accepts any server and presents this certificate. */
    static SSLContext context(TestCertificate caller) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3", new OpenSSLProvider());
            context.init(
                    new KeyManager[] {TestTls.key(caller)}, new TrustManager[] {new AnyServer()}, new SecureRandom());
            context.getClientSessionContext().setSessionCacheSize(1);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a request, ready to be sent often. */
    static byte[] request(String method, String path, String body, boolean last) {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: linkspan\r\n"
                + (body == null ? "" : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + (last ? "Connection: close\r\n" : "")
                + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }

    /** Sends a request, reads its whole answer and returns the status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        int end = headEnd();
        int status =
                (buffer[position + 9] - '0') * 100 + (buffer[position + 10] - '0') * 10 + (buffer[position + 11] - '0');
        int length = find(LENGTH, end);
        if (length >= 0) {
            int size = 0;
            for (int i = length + LENGTH.length; buffer[i] != '\r'; i++) {
                if (buffer[i] != ' ') {
                    size = size * 10 + buffer[i] - '0';
                }
            }
            position = end;
            body = take(size);
        } else if (find(CHUNKED, end) >= 0) {
            position = end;
            body = chunks();
        } else {
            throw new IOException("an answer of unknown length");
        }
        return status;
    }

    /** The body of the last answer. */
    byte[] body() {
        return body;
    }

    private int headEnd() throws IOException {
        int scan = position;
        while (true) {
            for (; scan + 3 < filled; scan++) {
                if (buffer[scan] == '\r'
                        && buffer[scan + 1] == '\n'
                        && buffer[scan + 2] == '\r'
                        && buffer[scan + 3] == '\n') {
                    return scan + 4;
                }
            }
            int before = position;
            fill();
            scan -= before - position;
        }
    }

    private int find(byte[] header, int end) {
        outer:
        for (int i = position; i + header.length <= end; i++) {
            for (int j = 0; j < header.length; j++) {
                int seen = buffer[i + j];
                if (seen >= 'A' && seen <= 'Z') {
                    seen += 'a' - 'A';
                }
                if (seen != header[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    private byte[] chunks() throws IOException {
        byte[] all = new byte[0];
        while (true) {
            int size = 0;
            int next = next();
            for (; next != '\r'; next = next()) {
                size = size * 16 + Character.digit(next, 16);
            }
            next();
            byte[] chunk = take(size);
            next();
            next();
            if (size == 0) {
                return all;
            }
            byte[] joined = new byte[all.length + size];
            System.arraycopy(all, 0, joined, 0, all.length);
            System.arraycopy(chunk, 0, joined, all.length, size);
            all = joined;
        }
    }

    private int next() throws IOException {
        if (position == filled) {
            fill();
        }
        return buffer[position++];
    }

    private byte[] take(int size) throws IOException {
        byte[] taken = new byte[size];
        int buffered = Math.min(size, filled - position);
        System.arraycopy(buffer, position, taken, 0, buffered);
        position += buffered;
        for (int have = buffered; have < size; ) {
            int read = in.read(taken, have, size - have);
            if (read < 0) {
                throw new EOFException();
            }
            have += read;
        }
        return taken;
    }

    private void fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, filled - position);
            filled -= position;
            position = 0;
        }
        if (filled == buffer.length) {
            throw new IOException("an answer with too long a head");
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException();
        }
        filled += read;
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        socket.close();
    }

    private static final class AnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
