package io.sallyport.core.command;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The loopback: a host under the names and addresses by which it means itself (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). No name is
 * resolved.
 */
public final class Loopback {

    /** By which policies name it. */
    public static final String NAME = "localhost";

    private static final Pattern FOUR = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final String SIX = "::1";

    /** To connect to the unspecified address is to connect to this host (RFC 6890 calls it "this host on this network"). */
    private static final Set<String> UNSPECIFIED = Set.of("0.0.0.0", "::");

    private Loopback() {}

    /**
     * Whether what is sent to {@code host} stays on the loopback, whoever reads it: {@code 127.1} does not surely, since Netty's resolver takes it
     * for a name and looks in the search domains.
     */
    public static boolean is(String host) {
        List<String> spellings = HostSpelling.of(host);
        return spellings.equals(List.of(NAME))
                || spellings.equals(List.of(SIX))
                || FOUR.matcher(host).matches() && spellings.equals(List.of(host));
    }

    /** Whether a connection to {@code host} may reach what listens on the loopback, in any reading of it: more than {@link #is} admits. */
    public static boolean isReachedBy(String host) {
        for (String spelling : HostSpelling.of(host)) {
            if (spelling.equals(NAME)
                    || spelling.equals(SIX)
                    || UNSPECIFIED.contains(spelling)
                    || FOUR.matcher(spelling).matches()) {
                return true;
            }
        }
        return false;
    }

    /** The same of an address. */
    public static boolean isReachedBy(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }
}
