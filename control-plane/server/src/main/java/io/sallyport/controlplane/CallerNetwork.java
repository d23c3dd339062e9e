package io.sallyport.controlplane;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whom an address stands for where callers are counted: who is given IPv6 is given a network of 64 bits (RFC 6177), and chooses the rest of the address. */
public final class CallerNetwork {

    private static final int PREFIX_BYTES = 8;

    private CallerNetwork() {}

    /** @return the first address of the network that one caller has; the address itself with IPv4 and on the loopback */
    public static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
            return address;
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, PREFIX_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
