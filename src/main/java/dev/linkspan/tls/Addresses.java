package dev.linkspan.tls;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Listen addresses: their canonical form and what they mean to somebody who wants to reach us (cluster-links.md 4.4). */
public final class Addresses {
    public static final int DEFAULT_PORT = 8443;

    private Addresses() {}

    /** {@code host[:port]} as {@code host:port}, with the default port and IPv6 in brackets. */
    public static String canonical(String address) {
        String host = address;
        String port = "";
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            if (end > 0) {
                host = address.substring(1, end);
                String rest = address.substring(end + 1);
                port = rest.startsWith(":") ? rest.substring(1) : "";
            }
        } else if (address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':')) {
            host = address.substring(0, address.indexOf(':'));
            port = address.substring(address.indexOf(':') + 1);
        } else if (address.indexOf(':') >= 0 && literal(address) == null) {
            return address + ":" + DEFAULT_PORT;
        }
        if (address.startsWith("https:") && address.indexOf(':') == address.lastIndexOf(':')) {
            return address;
        }
        InetAddress literal = literal(host);
        String shown = literal == null ? host : shown(literal);
        return (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + (port.isEmpty() ? DEFAULT_PORT : port);
    }

    /** The host part of a canonical address, without brackets. */
    public static String host(String canonical) {
        String host = canonical.substring(0, canonical.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port of a canonical address; -1 when it isn't one. */
    public static int port(String canonical) {
        try {
            int port = Integer.parseInt(canonical.substring(canonical.lastIndexOf(':') + 1));
            return port >= 0 && port <= 65535 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether a canonical address listens on all interfaces. */
    public static boolean wildcard(String canonical) {
        String host = host(canonical);
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    }

    /**
     * The addresses under which somebody else can reach a listener: a concrete host itself, a wildcard's global unicast
     * addresses of all interfaces.
     *
     * @param canonical the listen address, or empty for none
     */
    public static List<String> reachable(String canonical) {
        return reachable(canonical, interfaceAddresses());
    }

    static List<String> reachable(String canonical, List<InetAddress> ofInterfaces) {
        if (canonical.isEmpty()) {
            return List.of();
        }
        if (!wildcard(canonical)) {
            return List.of(canonical);
        }
        boolean ipv4Only = host(canonical).equals("0.0.0.0");
        List<String> reachable = new ArrayList<>();
        for (InetAddress address : ofInterfaces) {
            boolean global = !address.isLoopbackAddress()
                    && !address.isLinkLocalAddress()
                    && !address.isMulticastAddress()
                    && !address.isAnyLocalAddress();
            if (global && (!ipv4Only || address instanceof Inet4Address)) {
                reachable.add(canonical(bracketed(address) + ":" + port(canonical)));
            }
        }
        return reachable;
    }

    private static List<InetAddress> interfaceAddresses() {
        try {
            List<InetAddress> addresses = new ArrayList<>();
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp()) {
                    addresses.addAll(Collections.list(network.getInetAddresses()));
                }
            }
            return addresses;
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether a host of a URL is this machine itself. */
    public static boolean loopback(String host) {
        InetAddress literal = literal(host.replaceAll("^\\[|]$", ""));
        return literal == null ? host.equals("localhost") : literal.isLoopbackAddress();
    }

    private static String bracketed(InetAddress address) {
        String shown = shown(address);
        return shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown;
    }

    /** An address in its shortest form (RFC 5952), without a zone. */
    private static String shown(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                shown.append("::");
                i += length - 1;
            } else {
                shown.append(shown.isEmpty() || shown.charAt(shown.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return shown.toString();
    }
}
