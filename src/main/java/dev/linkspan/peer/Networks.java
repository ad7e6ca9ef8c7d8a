package dev.linkspan.peer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The networks in which other clusters may be called. A denied network counts before an allowed one; when none is
 * allowed by name, all that aren't denied are.
 */
public record Networks(List<Network> allowed, List<Network> denied) {
    /** Where clouds keep what only their own machines may read: credentials, above all. */
    public static final String METADATA =
            "169.254.0.0/16,100.100.100.200/32,168.63.129.16/32,192.0.0.192/32,fd00:ec2::254/128,fd20:ce::254/128";

    private static final String NONE = "none";
    private static final int PREFIX_BYTES = 12;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] COMPATIBLE = new byte[PREFIX_BYTES];
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};
    private static final int IPV4_BYTES = 4;

    /** A network by its first address and the number of bits that all its addresses share. */
    record Network(byte[] first, int bits) {
        boolean contains(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    public Networks {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /**
     * The networks of a comma list such as {@code 10.0.0.0/8, fd00::/8, 192.0.2.7}; none of {@code none}.
     *
     * @throws IllegalArgumentException naming what is no network
     */
    public static List<Network> parse(String list) {
        List<Network> networks = new ArrayList<>();
        if (list.isBlank() || list.strip().equals(NONE)) {
            return networks;
        }
        for (String item : list.split(",", -1)) {
            networks.add(network(item.strip()));
        }
        return networks;
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        // An IPv4 address of fewer parts is one too, and means something else than most people think.
        boolean whole = address.indexOf(':') >= 0
                || address.chars().filter(c -> c == '.').count() == 3;
        try {
            byte[] first = InetAddress.ofLiteral(whole ? address : "").getAddress();
            int bits = slash < 0 ? 8 * first.length : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= 8 * first.length) {
                return new Network(first, bits);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a network such as 10.0.0.0/8", e);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a network such as 10.0.0.0/8");
    }

    /** Whether an address may be called. */
    public boolean reach(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        byte[] translated = translated(address);
        boolean forbidden = in(denied, bytes) || (translated != null && in(denied, translated));
        return !forbidden && (allowed.isEmpty() || in(allowed, bytes));
    }

    private static boolean in(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The IPv4 address behind one that a gateway translates (RFC 6052) or a tunnel carries (RFC 3056, RFC 4291); else null.
     */
    private static byte[] translated(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return null;
        }
        if (begins(bytes, SIX_TO_FOUR)) {
            return Arrays.copyOfRange(bytes, SIX_TO_FOUR.length, SIX_TO_FOUR.length + IPV4_BYTES);
        }
        return begins(bytes, NAT64) || begins(bytes, COMPATIBLE)
                ? Arrays.copyOfRange(bytes, PREFIX_BYTES, bytes.length)
                : null;
    }

    private static boolean begins(byte[] address, byte[] prefix) {
        return Arrays.equals(Arrays.copyOf(address, prefix.length), prefix);
    }

    /**
     * The addresses of a host that may be called, in the resolver's order. What is called is one of these and not the
     * name again, which could lead elsewhere the second time.
     *
     * @throws PeerException when there is none
     */
    List<InetAddress> addresses(String host) throws PeerException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new PeerException(PeerException.Reason.UNKNOWN_HOST, false, null);
        }
        List<InetAddress> reachable = Arrays.stream(all).filter(this::reach).toList();
        if (reachable.isEmpty()) {
            throw new PeerException(PeerException.Reason.NOT_ALLOWED, false, null);
        }
        return reachable;
    }
}
