package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Host lists as they stand in URLs. */
public final class Endpoints {

    private Endpoints() {}

    /** {@code host:port,[::1]:port,host}; an empty host is {@code localhost}. */
    static List<Endpoint> parse(String list, int defaultPort) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String address : list.split(",", -1)) {
            endpoints.add(one(address.strip(), defaultPort));
        }
        return endpoints;
    }

    private static Endpoint one(String address, int defaultPort) {
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon >= 0 && address.lastIndexOf(']') < colon && isNumber(address.substring(colon + 1));
        String host = hasPort ? address.substring(0, colon) : address;
        return of(host, hasPort ? Integer.parseInt(address.substring(colon + 1)) : defaultPort);
    }

    public static Endpoint of(String host, int port) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(bare.isEmpty() ? "localhost" : bare.toLowerCase(Locale.ROOT), port);
    }

    public static String join(List<Endpoint> endpoints, int defaultPort) {
        StringBuilder out = new StringBuilder();
        for (Endpoint e : endpoints) {
            if (out.length() > 0) {
                out.append(',');
            }
            String both = e.toString();
            out.append(e.port() == defaultPort ? both.substring(0, both.lastIndexOf(':')) : both);
        }
        return out.toString();
    }

    static int port(String text, int otherwise) {
        return isNumber(text) ? Integer.parseInt(text) : otherwise;
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
