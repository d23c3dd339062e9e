package io.sallyport.core.mask.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JWT: RFC 7519 in compact form; the header is decoded and must name an algorithm. */
final class Jwts {
    private static final int LONGEST_HEADER = 8192;

    private Jwts() {}

    /** Whether the base64 of a brace stands here, and of what may follow it: a quote, a blank, a line break. */
    static boolean mayStart(String text, int start) {
        return text.startsWith("eyJ", start) || text.startsWith("eyA", start) || text.startsWith("ew", start);
    }

    /** End of the token whose header starts at {@code start}, or -1. */
    static int endOf(String text, int start) {
        int header = Chars.endOfBase64Url(text, start);
        if (Chars.at(text, header) != '.' || header - start > LONGEST_HEADER) {
            return -1;
        }
        String json = decode(text.substring(start, header));
        if (!json.startsWith("{") || !json.endsWith("}") || !json.contains("\"alg\"")) {
            return -1;
        }
        int payload = Chars.endOfBase64Url(text, header + 1);
        if (Chars.at(text, payload) != '.') {
            return -1;
        }
        int end = Chars.endOfBase64Url(text, payload + 1);
        if (json.contains("\"enc\"") && Chars.at(text, end) == '.') {
            int fourth = Chars.endOfBase64Url(text, end + 1);
            return Chars.at(text, fourth) == '.' ? Chars.endOfBase64Url(text, fourth + 1) : -1;
        }
        // A claims set is a JSON object: its base64 starts with the code of "{".
        boolean claims = payload == header + 1
                || (text.charAt(header + 1) == 'e' && "wXyz3".indexOf(Chars.at(text, header + 2)) >= 0);
        return claims ? end : -1;
    }

    private static String decode(String base64Url) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64Url), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
