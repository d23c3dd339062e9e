package io.sallyport.http;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** The field {@code Host} of a request (RFC 9110 section 7.2). */
final class HostField {

    /** Host and port, whatever the port; or what some still write before them. */
    private static final Pattern HOST = Pattern.compile(
            "(?:[^@/?#,\\s]*@)?(?:\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:/?#,@\\\\\\s]+)(?::(?:0|[1-9][0-9]{0,4})?)?");

    private HostField() {}

    /** Whether that is a host with or without a port. */
    static boolean isHost(String named) {
        return HOST.matcher(named).matches();
    }

    /** Whether one is no host: which service a server takes it for, nobody can tell. */
    static boolean namesNoHost(URI uri, List<String> fields) {
        for (String field : fields) {
            String named = field.strip();
            if (!named.isEmpty() && !named.equalsIgnoreCase(uri.getRawAuthority()) && !isHost(named)) {
                return true;
            }
        }
        return false;
    }
}
