package io.sallyport.http;

import io.sallyport.core.command.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URIs of requests whose clients keep them in parts, unescaped, or with a request target of their caller's own. */
public final class RequestUri {

    /** A request target in absolute form (RFC 9112 section 3.2.2): a server reads its path and ignores the rest. */
    static final Pattern ABSOLUTE = Pattern.compile("(?i)^[a-z][a-z0-9+.-]*://[^/?#]*");

    private RequestUri() {}

    /** A host as URIs have it: an IPv6 address in brackets (RFC 3986, section 3.2.2), with which it may come or without. */
    static String host(String name) {
        return name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]";
    }

    /** The URI of {@link #raw}. */
    public static URI of(String scheme, String host, int port, String pathAndQuery) {
        return SeenUris.of(raw(scheme, host, port, pathAndQuery));
    }

    /**
     * The text of a URI from parts that a client keeps unescaped: what a URI does not allow is escaped, nothing else is touched. A path
     * in absolute form, or without its first slash, is read as a server reads it.
     */
    public static String raw(String scheme, String host, int port, String pathAndQuery) {
        StringBuilder text = new StringBuilder(scheme).append("://").append(host(host));
        if (port >= 0) {
            text.append(':').append(port);
        }
        int fragment = pathAndQuery.indexOf('#');
        String sent = fragment < 0 ? pathAndQuery : pathAndQuery.substring(0, fragment);
        if (!sent.startsWith("/")) {
            sent = ABSOLUTE.matcher(sent).replaceFirst("");
        }
        if (!sent.isEmpty() && sent.charAt(0) != '/' && sent.charAt(0) != '?') {
            text.append('/');
        }
        if (isUnescaped(sent)) {
            return text.append(sent).toString();
        }
        byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            boolean escape = b == '%' && !(i + 2 < bytes.length && hex(bytes[i + 1]) && hex(bytes[i + 2]));
            if (b > ' ' && b < 0x7F && !escape && "\"<>\\^`{|}".indexOf(b) < 0) {
                text.append((char) b);
            } else {
                text.append('%').append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        return text.toString();
    }

    /**
     * Whether a request target in absolute form names another host than the connection leads to. A proxy would go there, any other server
     * would not, so that no rule can tell what will happen.
     */
    public static boolean namesAnother(String pathAndQuery, String host, int port) {
        if (pathAndQuery.startsWith("/")) {
            return false;
        }
        Matcher absolute = ABSOLUTE.matcher(pathAndQuery);
        if (!absolute.find()) {
            return false;
        }
        Target named = RequestTarget.of(URI.create(absolute.group()), "/");
        String scheme = named.vendor();
        Target connected = RequestTarget.of(URI.create(raw(scheme, host, port, "/")), "/");
        return !named.endpoints().equals(connected.endpoints());
    }

    /** Whether a URI allows the text as it is and nothing is escaped in it. */
    private static boolean isUnescaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '%' || "\"<>\\^`{|}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hex(byte digit) {
        return Character.digit(digit, 16) >= 0;
    }
}
