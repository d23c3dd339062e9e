package io.sallyport.core.record;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.record.credential.CredentialNames;
import io.sallyport.core.record.credential.CredentialText;
import java.nio.charset.StandardCharsets;

/** A request's path for records: without credentials, cards and addresses in its segments, on one line. */
final class ShownPath {

    private static final String LEFT_OUT = "…";

    /** Characters of the shortest card, key or token. */
    private static final int SHORTEST = 12;

    private static final int SEGMENTS_OF_HOOK = 4;

    private ShownPath() {}

    /**
     * @param path normalised, so that a question mark in it was sent encoded: what follows can be a query with its values
     * @param masked what the policy's masks look for, beside what no record holds
     */
    static String of(String path, Detection masked) {
        boolean hook = isHook(path);
        if (masked.isEmpty() && !hook && isPlain(path) && !CredentialNames.mayName(path)) {
            return path;
        }
        int query = path.indexOf('?');
        String seen = query < 0 ? path : path.substring(0, query);
        StringBuilder out = new StringBuilder(path.length());
        int start = 0;
        int segments = 0;
        boolean behindName = false;
        String before = "";
        while (start <= seen.length()) {
            int slash = seen.indexOf('/', start);
            int end = slash < 0 ? seen.length() : slash;
            if (end > start) {
                String segment = seen.substring(start, end);
                segments++;
                if ((behindName || hook && segments == SEGMENTS_OF_HOOK) && !isWord(segment)) {
                    out.append(LEFT_OUT);
                } else {
                    segment(segment, before, masked, out);
                }
                before = segment;
                behindName = CredentialNames.isName(segment);
            }
            if (slash >= 0) {
                out.append('/');
            }
            start = end + 1;
        }
        return query < 0 ? out.toString() : out.append("%3F").append(LEFT_OUT).toString();
    }

    /** Slack's {@code /services/T…/B…/…} and Discord's {@code /api/webhooks/…/…}, of which the last segment is the secret. */
    private static boolean isHook(String path) {
        return path.startsWith("/services/T") || path.startsWith("/api/webhooks/");
    }

    /** Of a path's own, as in {@code /password/reset} and {@code /oauth/token/revoke}. */
    private static boolean isWord(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (!(c >= 'a' && c <= 'z') && c != '-' && c != '_') {
                return false;
            }
        }
        return segment.length() < SHORTEST;
    }

    /** Whether every segment is a short word, as in most paths. */
    private static boolean isPlain(String path) {
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/') {
                start = i + 1;
            } else if (i - start >= SHORTEST - 1
                    || !(c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '-'
                            || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** @param before the segment before it, which mostly says what it is: {@code /phones/4155552671} */
    private static void segment(String segment, String before, Detection masked, StringBuilder out) {
        int at = segment.lastIndexOf('@');
        int from = 0;
        if (at > 0 && segment.lastIndexOf(':', at) >= 0) {
            // User information of a URL that stands in the path.
            out.append(LEFT_OUT);
            from = at;
        }
        String known = ShownText.without(ShownText.SENSITIVE, CredentialText.without(segment.substring(from)), null);
        String rest = ShownText.without(masked, known, before);
        escaped(rest, 0, rest.length(), out);
    }

    /** The whole path on one line. */
    static String onOneLine(String path) {
        StringBuilder out = new StringBuilder(path.length());
        escaped(path, 0, path.length(), out);
        return out.toString();
    }

    /** What would break a line, or a URL, is written as it must have been sent. */
    private static void escaped(String text, int from, int to, StringBuilder out) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '#' || c == '\u2028' || c == '\u2029') {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%')
                            .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                            .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
                }
            } else {
                out.append(c);
            }
        }
    }
}
