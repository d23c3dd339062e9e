package io.sallyport.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Normalises a request's path, so that a rule cannot be evaded by spelling (RFC 3986 section 6.2.2): percent-decoding until
 * nothing changes (a server may decode twice), overlong UTF-8 read as what it stands for, matrix parameters cut, back slashes read as slashes, dot segments resolved, double
 * slashes joined. What is sent is not changed; this form is only for rules and records.
 */
public final class RequestPath {

    /** Nested encodings beyond this are left as they are: no server decodes so often. */
    private static final int MAX_DECODINGS = 3;

    private RequestPath() {}

    public static String normalise(@Nullable String rawPath) {
        String path = rawPath == null || rawPath.isEmpty() ? "/" : rawPath;
        if (isPlain(path)) {
            return path;
        }
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

    /** Whether there is nothing to normalise, as in nearly every path. */
    private static boolean isPlain(String path) {
        if (path.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            switch (path.charAt(i)) {
                case '%', '\\', ';' -> {
                    return false;
                }
                case '/' -> {
                    char next = i + 1 < path.length() ? path.charAt(i + 1) : 'x';
                    if (next == '/' || next == '.') {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
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
        return new String(out, 0, shortest(out, n), StandardCharsets.UTF_8);
    }

    /**
     * Writes characters of ASCII in one byte that were written in two or three, which UTF-8 forbids (RFC 3629 section 3) and lenient servers
     * read all the same.
     *
     * @return how many bytes are left
     */
    private static int shortest(byte[] bytes, int length) {
        int n = 0;
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xFF;
            if ((b == 0xC0 || b == 0xC1) && i + 1 < length && follows(bytes[i + 1])) {
                bytes[n++] = (byte) ((b & 1) << 6 | bytes[i + 1] & 0x3F);
                i += 1;
            } else if (b == 0xE0
                    && i + 2 < length
                    && (bytes[i + 1] == (byte) 0x80 || bytes[i + 1] == (byte) 0x81)
                    && follows(bytes[i + 2])) {
                bytes[n++] = (byte) ((bytes[i + 1] & 1) << 6 | bytes[i + 2] & 0x3F);
                i += 2;
            } else {
                bytes[n++] = bytes[i];
            }
        }
        return n;
    }

    private static boolean follows(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
