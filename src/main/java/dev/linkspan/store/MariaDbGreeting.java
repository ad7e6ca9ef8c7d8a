package dev.linkspan.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first packet of a MariaDB or MySQL server, which tells its version before anybody signs in (MariaDB's client
 * protocol, "Initial handshake packet").
 *
 * @param version as the server wrote it, {@code 10.11.6-MariaDB-0+deb12u1}; null when it sent an error instead
 * @param error the error's text, null when it greeted
 */
record MariaDbGreeting(String version, String error) {
    private static final int ERROR_PACKET = 0xff;
    private static final int PROTOCOL = 10;
    private static final int LONGEST = 4096;
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");

    /** Replication once limited the first number to one digit; servers before 11 still write this in front. */
    private static final String REPLICATION_PREFIX = "5.5.5-";

    static MariaDbGreeting read(String host, int port, Duration timeout) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            var in = new DataInputStream(socket.getInputStream());
            byte[] header = in.readNBytes(4);
            if (header.length < 4) {
                throw new NotMariaDb();
            }
            int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
            if (length < 2 || length > LONGEST) {
                throw new NotMariaDb();
            }
            return parse(in.readNBytes(length));
        }
    }

    static MariaDbGreeting parse(byte[] packet) throws NotMariaDb {
        int kind = packet.length == 0 ? -1 : packet[0] & 0xff;
        if (kind == ERROR_PACKET && packet.length > 3) {
            return new MariaDbGreeting(null, new String(packet, 3, packet.length - 3, StandardCharsets.UTF_8));
        }
        int end = 1;
        while (end < packet.length && packet[end] != 0) {
            end++;
        }
        if (kind != PROTOCOL || end == packet.length) {
            throw new NotMariaDb();
        }
        String version = new String(packet, 1, end - 1, StandardCharsets.US_ASCII);
        return new MariaDbGreeting(
                version.startsWith(REPLICATION_PREFIX) ? version.substring(REPLICATION_PREFIX.length()) : version,
                null);
    }

    boolean isMariaDb() {
        return version.contains("MariaDB");
    }

    boolean isAtLeast(int major, int minor) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.find()) {
            return false;
        }
        int foundMajor = Integer.parseInt(numbers.group(1));
        return foundMajor > major || foundMajor == major && Integer.parseInt(numbers.group(2)) >= minor;
    }

    /** Something else answers on that port. */
    static final class NotMariaDb extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
