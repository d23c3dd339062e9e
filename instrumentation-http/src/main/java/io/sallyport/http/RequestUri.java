package io.sallyport.http;

import io.sallyport.core.command.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URIs of requests whose clients keep them in parts, unescaped, or with a request target of their caller's own. Clients send more than {@link URI}
 * reads: there is one of whatever they are told.
 */
public final class RequestUri {

    /** A request target in absolute form (RFC 9112 section 3.2.2): a server reads its path and ignores the rest. */
    static final Pattern ABSOLUTE = Pattern.compile("(?i)^[a-z][a-z0-9+.-]*://[^/?#]*");

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

    private RequestUri() {}

    /** A host as URIs have it: an IPv6 address in brackets (RFC 3986, section 3.2.2), with which it may come or without. */
    public static String host(String name) {
        return name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]";
    }

    /** The URI of parts that a client keeps unescaped; see {@link #of(String, String, String)}. */
    public static URI of(String scheme, String host, int port, String pathAndQuery) {
        return of(scheme, port < 0 ? host(host) : host(host) + ":" + port, pathAndQuery);
    }

    /**
     * What a URI does not allow is escaped, nothing else is touched. A path in absolute form, or without its first slash, is read as a server reads
     * it. Of a path, characters outside ASCII stay ({@link WrittenCharacters}).
     *
     * @param authority host, and port where it is stated
     */
    public static URI of(String scheme, String authority, String pathAndQuery) {
        try {
            return SeenUris.of(raw(scheme, authority, pathAndQuery));
        } catch (IllegalArgumentException odd) {
            // No client finds such a host; which exception says so is the client's to choose.
            return SeenUris.of(
                    raw(SCHEME.matcher(scheme).matches() ? scheme : "unknown", escaped(authority), pathAndQuery));
        }
    }

    private static String raw(String scheme, String authority, String pathAndQuery) {
        StringBuilder text = new StringBuilder(scheme).append("://").append(authority);
        int fragment = pathAndQuery.indexOf('#');
        String sent = fragment < 0 ? pathAndQuery : pathAndQuery.substring(0, fragment);
        if (!sent.startsWith("/")) {
            sent = ABSOLUTE.matcher(sent).replaceFirst("");
        }
        if (sent.isEmpty() || sent.charAt(0) != '/') {
            text.append('/');
        }
        if (isUnescaped(sent)) {
            return text.append(sent).toString();
        }
        int query = sent.indexOf('?');
        int pathEnds = query < 0 ? sent.length() : query;
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c >= 0x80) {
                if (i < pathEnds) {
                    text.append(WrittenCharacters.inUri(sent, i));
                } else {
                    escape(sent.substring(i, Character.isSurrogatePair(c, after(sent, i)) ? ++i + 1 : i + 1), text);
                }
            } else if (c == '%'
                    ? i + 2 < sent.length() && hex(sent.charAt(i + 1)) && hex(sent.charAt(i + 2))
                    : isAllowed(c, i < pathEnds)) {
                text.append(c);
            } else {
                escape(String.valueOf(c), text);
            }
        }
        return text.toString();
    }

    private static char after(String text, int i) {
        return i + 1 < text.length() ? text.charAt(i + 1) : 0;
    }

    private static void escape(String unescaped, StringBuilder to) {
        for (byte b : unescaped.getBytes(StandardCharsets.UTF_8)) {
            to.append('%').append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
    }

    /** An authority of nothing but characters that any may have (RFC 2396 section 3.2.1). */
    private static String escaped(String authority) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.:@".indexOf(c) >= 0)) {
                text.append(c);
            } else {
                escape(String.valueOf(c), text);
            }
        }
        return text.toString();
    }

    /**
     * Whether a request target in absolute form names another host than the connection leads to. A proxy would go there, any other server
     * would not, so that no rule can tell what will happen.
     */
    static boolean namesAnother(String pathAndQuery, URI connected) {
        if (pathAndQuery.startsWith("/")) {
            return false;
        }
        Matcher absolute = ABSOLUTE.matcher(pathAndQuery);
        if (!absolute.find()) {
            return false;
        }
        int authority = absolute.group().indexOf("://");
        String scheme = absolute.group().substring(0, authority);
        Target named = RequestTarget.of(of(scheme, absolute.group().substring(authority + 3), "/"), "/");
        Target there = RequestTarget.of(of(scheme, String.valueOf(connected.getRawAuthority()), "/"), "/");
        return !named.endpoints().equals(there.endpoints());
    }

    /** Whether a URI allows the text as it is and nothing is escaped in it. */
    private static boolean isUnescaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || !isAllowed(c, true)) {
                return false;
            }
        }
        return true;
    }

    /** In a path, or else in a query. */
    private static boolean isAllowed(char c, boolean inPath) {
        return c > ' ' && c < 0x7F && "\"<>\\^`{|}".indexOf(c) < 0 && !(inPath && (c == '[' || c == ']'));
    }

    private static boolean hex(char digit) {
        return digit < 0x80 && Character.digit(digit, 16) >= 0;
    }
}
