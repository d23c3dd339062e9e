package io.sallyport.core.policy.match;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import io.sallyport.core.command.Target;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host, and a port where the pattern names one.
 *
 * @param port -1: any port
 */
record HostPattern(Glob host, int port) {

    private static final Pattern ADDRESSES = Pattern.compile("[0-9.*]*[0-9][0-9.*]*|[0-9a-f.:*]*:[0-9a-f.:*]*");

    static HostPattern parse(String text) {
        String host = text;
        int port = -1;
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) {
                throw new IllegalArgumentException("an IPv6 address is not closed with ']'");
            }
            host = text.substring(1, close);
            colon = text.indexOf(':', close);
            if (colon < 0 && close != text.length() - 1) {
                throw new IllegalArgumentException("only ':port' can follow ']'");
            }
        } else if (colon >= 0) {
            host = text.substring(0, colon);
        }
        if (colon >= 0) {
            port = port(text.substring(colon + 1));
        }
        if (host.isEmpty() || host.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    host.isEmpty() ? "the host is missing" : "user and password are no part of a target");
        }
        boolean glob = host.indexOf('*') >= 0;
        return new HostPattern(Glob.of(glob ? host : HostSpelling.of(host).get(0)), port);
    }

    private static int port(String digits) {
        if (digits.equals("*")) {
            return -1;
        }
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, or *");
        }
        return port;
    }

    boolean matches(Endpoint endpoint) {
        return isPort(endpoint.port()) && host.matches(endpoint.host());
    }

    boolean isPort(int one) {
        return port < 0 || port == one;
    }

    /** The same where a pattern without a port means one of {@code usual} only. */
    boolean matches(Endpoint endpoint, Set<Integer> usual) {
        return matches(endpoint) && (port >= 0 || usual.contains(endpoint.port()));
    }

    /** The place that is meant, at {@code usual} where no port is named; {@code null} for globs. */
    @Nullable
    Endpoint place(int usual) {
        String name = host.toString();
        return name.indexOf('*') >= 0 ? null : new Endpoint(name, port < 0 ? usual : port);
    }

    /** Whether no name fits, but addresses do. */
    boolean isOfAddresses() {
        return ADDRESSES.matcher(host.toString()).matches();
    }

    int specificity() {
        return host.literals() * 4 + (port < 0 ? 0 : 3);
    }

    /** Whether a host that the target lists is meant, by whatever name. */
    static boolean any(List<HostPattern> patterns, Target target) {
        return any(patterns, target.endpoints()) || any(patterns, target.aliases());
    }

    private static boolean any(List<HostPattern> patterns, List<Endpoint> endpoints) {
        for (int i = 0; i < endpoints.size(); i++) {
            if (matches(patterns, endpoints.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether all hosts are meant by the names that the URL says. */
    static boolean all(List<HostPattern> patterns, Target target) {
        List<Endpoint> endpoints = target.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            if (!matches(patterns, endpoints.get(i))) {
                return false;
            }
        }
        return !endpoints.isEmpty();
    }

    private static boolean matches(List<HostPattern> patterns, Endpoint endpoint) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(endpoint)) {
                return true;
            }
        }
        return false;
    }
}
