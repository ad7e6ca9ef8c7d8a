package dev.linkspan.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback for servers that must know theirs before they start. */
public final class FreePort {

    // Below the range from which the system takes the local ports of outgoing connections: between our look and the
    // server's bind nobody takes one by accident.
    private static final int FIRST = 19000;
    private static final int COUNT = 1000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port at which nothing listens and that was not given before in this process. */
    public static int next() {
        for (int attempt = 0; attempt < 10 * COUNT; attempt++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
