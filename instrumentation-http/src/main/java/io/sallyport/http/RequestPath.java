package io.sallyport.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Normalises a request's path, so that a rule cannot be evaded by spelling (RFC 3986 section 6.2.2): percent-decoding until
 * nothing changes (a server may decode twice), matrix parameters cut, back slashes read as slashes, dot segments resolved, double
 * slashes joined. What is sent is not changed; this form is only for rules and records.
 */
public final class RequestPath {

    /** Nested encodings beyond this are left as they are: no server decodes so often. */
    private static final int MAX_DECODINGS = 3;

    private RequestPath() {}

    public static String normalise(@Nullable String rawPath) {
        String path = rawPath == null || rawPath.isEmpty() ? "/" : rawPath;
        for (int i = 0; i < MAX_DECODINGS && path.indexOf('%') >= 0; i++) {
            String decoded = decode(path);
            if (decoded.equals(path)) {
                break;
            }
            path = decoded;
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.replace('\\', '/').split("/", -1);
        String last = "";
        for (String part : parts) {
            int semicolon = part.indexOf(';');
            String segment = semicolon < 0 ? part : part.substring(0, semicolon);
            last = segment;
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.addLast(segment);
            }
        }
        boolean directory = !segments.isEmpty() && (last.isEmpty() || last.equals(".") || last.equals(".."));
        return "/" + String.join("/", segments) + (directory ? "/" : "");
    }

    private static String decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int n = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out[n++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[n++] = in[i];
            }
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }
}
