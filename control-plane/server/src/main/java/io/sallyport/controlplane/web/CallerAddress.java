package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** By what a caller is counted: whoever has one address of IPv6 has all of its network of 64 bits (RFC 4291, 2.5.4), so that such a network is one caller. */
final class CallerAddress {

    private static final int NETWORK_BYTES = 8;

    private CallerAddress() {}

    static String of(Context request) {
        return counted(request.ip());
    }

    /** @param address a literal, as Jetty gives it */
    static String counted(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six && !six.isLoopbackAddress()
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES) + "::/64"
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
