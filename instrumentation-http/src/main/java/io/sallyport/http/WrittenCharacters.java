package io.sallyport.http;

import io.sallyport.core.command.PathReadings;
import io.sallyport.core.command.RequestPath;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a path's characters outside ASCII, for which HTTP has no form. Clients write them in UTF-8, in one byte each, or as {@code ?},
 * where the path ends to the server; which of these can depend on the version of HTTP, and on the locale ({@code HttpURLConnection}).
 */
final class WrittenCharacters {

    /** Written in the place of what no URI may have. */
    private static final char REPLACEMENT = '\uFFFD';

    private WrittenCharacters() {}

    /** A character as it stands in a URI; {@link java.net.URI} takes any but blanks and controls. */
    static char inUri(String text, int at) {
        char c = text.charAt(at);
        boolean half = Character.isHighSurrogate(c)
                        && !(at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1)))
                || Character.isLowSurrogate(c) && !(at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
        return half || Character.isISOControl(c) || Character.isSpaceChar(c) ? REPLACEMENT : c;
    }

    /** With what else a server may be sent for {@code path}: nothing for one in ASCII, as nearly all are. */
    static PathReadings and(PathReadings readings, @Nullable String path) {
        int first = path == null ? -1 : first(path, 0x80);
        if (path == null || first < 0) {
            return readings;
        }
        int unwritable = first(path, 0x100);
        String writable = unwritable < 0 ? path : path.substring(0, unwritable);
        return readings.and(RequestPath.of(path.substring(0, first))).and(RequestPath.of(inSingleBytes(writable)));
    }

    private static int first(String text, int from) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= from) {
                return i;
            }
        }
        return -1;
    }

    private static String inSingleBytes(String text) {
        StringBuilder bytes = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            if (b >= 0) {
                bytes.append((char) b);
            } else {
                bytes.append('%').append(Integer.toHexString(b & 0xFF));
            }
        }
        return bytes.toString();
    }
}
