package io.sallyport.core.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's path, read so that a rule cannot be evaded by spelling. Servers decode, cut, trim and resolve what they are sent in different
 * ways and orders; its readings are what comes of it by any sequence of the {@linkplain PathStep steps} that servers are known to take. What is
 * sent is not changed.
 *
 * @param normal what the most servers agree on after all steps: for records, and what a rule's author has in mind
 * @param readings the others
 */
public record RequestPath(String normal, PathReadings readings) {

    /** Nested encodings beyond this are taken for what nobody can read: no client sends them by accident. */
    private static final int MOST_DECODINGS = 8;

    /** The same for readings: a path that has so many was made for it. */
    private static final int MOST_READINGS = 128;

    /** No server takes a longer one, which would take long to read in every way. */
    private static final int LONGEST = 8192;

    /** @param raw percent-encoded, as it is sent; without query */
    public static RequestPath of(@Nullable String raw) {
        String path = raw == null || raw.isEmpty() ? "/" : raw;
        return isPlain(path) ? new RequestPath(path, PathReadings.NONE) : read(path);
    }

    private static RequestPath read(String raw) {
        if (raw.length() > LONGEST) {
            return new RequestPath(normal(PathDecoding.lenient(raw)), new PathReadings(List.of(raw), false));
        }
        String decoded = raw;
        for (int i = 0; decoded.indexOf('%') >= 0; i++) {
            String next = PathDecoding.lenient(decoded);
            if (next.equals(decoded)) {
                break;
            }
            if (i == MOST_DECODINGS) {
                return new RequestPath(normal(decoded), new PathReadings(List.of(raw), false));
            }
            decoded = next;
        }
        String normal = normal(decoded);
        String sent = PathDecoding.harmless(raw);
        Set<String> readings = new LinkedHashSet<>(List.of(sent));
        Deque<String> open = new ArrayDeque<>(readings);
        while (!open.isEmpty() && readings.size() <= MOST_READINGS) {
            String reading = open.remove();
            for (PathStep step : PathStep.ALL) {
                step.take(reading, other -> {
                    if (readings.add(other)) {
                        open.add(other);
                    }
                });
            }
        }
        readings.remove(normal);
        boolean complete = open.isEmpty();
        return new RequestPath(
                normal,
                complete && readings.isEmpty()
                        ? PathReadings.NONE
                        : new PathReadings(new ArrayList<>(readings), complete));
    }

    /** RFC 3986 section 6.2.2, with back slashes read as slashes, matrix parameters cut and double slashes joined. */
    private static String normal(String decoded) {
        Deque<String> segments = new ArrayDeque<>();
        String last = "";
        for (String part : decoded.replace('\\', '/').split("/", -1)) {
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

    /** Whether there is one way to read the path, as of nearly every one. */
    private static boolean isPlain(String path) {
        char before = '/';
        if (path.charAt(0) != '/') {
            return false;
        }
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '%' || c == '\\' || c == ';' || c == '+' || c == '?' || c == '#') {
                return false;
            }
            if (c == '$' && before == ':') {
                return false;
            }
            if (c == '/' && (before == '/' || before == '.') || c == '.' && before == '/') {
                return false;
            }
            before = c;
        }
        return before != '.';
    }
}
