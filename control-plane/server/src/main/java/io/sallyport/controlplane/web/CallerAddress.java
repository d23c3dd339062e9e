package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.CallerNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** By what a caller of the web server is counted: {@link CallerNetwork}, as text. */
final class CallerAddress {

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
            InetAddress caller = InetAddress.getByName(address);
            return caller.isLoopbackAddress() || caller.getAddress().length == 4
                    ? address
                    : CallerNetwork.of(caller).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
