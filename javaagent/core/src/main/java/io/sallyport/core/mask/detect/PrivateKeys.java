package io.sallyport.core.mask.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * PRIVATE_KEY: RFC 7468 and its relatives (PKCS#1, SEC 1, OpenSSH, PGP). A block without its end is taken to the end of the text, of
 * one without its beginning the lines before its end are taken.
 */
final class PrivateKeys {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    /** RFC 4716. */
    private static final String BEGIN_SSH2 = "---- BEGIN ";

    private static final String END_SSH2 = "---- END ";
    /** What PuTTY calls the lines, of which it tells the number. */
    private static final String LINES = "Private-Lines:";

    /** {@code -----BEGIN} in base64, as Kubernetes keeps such blocks. */
    static final String ENCODED = "LS0tLS1CRUdJTi";

    private static final int LONGEST_LABEL = 40;
    /** Of base64. */
    private static final int SHORTEST_LINE = 24;

    /** How far the end of a block is looked for; a longer one is taken to the end of the text. */
    private static final int LONGEST_BLOCK = 16 * 1024;

    private PrivateKeys() {}

    /** End of the block that starts at {@code start}, or -1. */
    static int endOf(String text, int start) {
        return text.startsWith(BEGIN, start)
                ? endOf(text, start + BEGIN.length(), "-----", END)
                : text.startsWith(BEGIN_SSH2, start) ? endOf(text, start + BEGIN_SSH2.length(), " ----", END_SSH2) : -1;
    }

    private static int endOf(String text, int label, String dashes, String endMark) {
        int close = text.substring(label, Math.min(text.length(), label + LONGEST_LABEL))
                        .indexOf(dashes)
                + label;
        if (close < label) {
            return -1;
        }
        String name = text.substring(label, close);
        if (!isPrivate(name)) {
            return -1;
        }
        int body = close + 5;
        String window = text.substring(body, Math.min(text.length(), body + LONGEST_BLOCK));
        int end = window.indexOf(endMark + name);
        if (end >= 0) {
            int tail = body + end + endMark.length() + name.length();
            return text.startsWith(dashes, tail) ? tail + 5 : tail;
        }
        return hasBody(text, body) ? text.length() : -1;
    }

    /** The lines that PuTTY's format has behind {@code Private-Lines: 8}, whose hyphen stands at {@code dash}; {@code null} for none. */
    static @Nullable Finding ofPutty(String text, int dash) {
        if (!text.startsWith(LINES, dash - "Private".length())) {
            return null;
        }
        int body = dash;
        while (body < text.length() && (!isBreak(text, body) || text.charAt(body) == ' ')) {
            body++;
        }
        int end = body;
        int last = body;
        while (end < text.length() && (isBreak(text, end) || isBase64(text.charAt(end)))) {
            last = isBreak(text, end) ? last : end + 1;
            end++;
        }
        // What follows is the next header's name: "Private-MAC".
        last = text.startsWith("Private", last - 7) && Chars.at(text, last) == '-' ? last - 7 : last;
        return last - body < SHORTEST_LINE ? null : new Finding("PRIVATE_KEY", body, last);
    }

    /** End of the block in base64 that starts at {@code start}, or -1. */
    static int endOfEncoded(String text, int start) {
        if (!text.startsWith(ENCODED, start)) {
            return -1;
        }
        int end = start;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        int head = Math.min(end - start, (BEGIN.length() + LONGEST_LABEL) / 3 * 4) & -4;
        String line = new String(
                Base64.getDecoder().decode(text.substring(start, start + head)), StandardCharsets.ISO_8859_1);
        int close = line.indexOf("-----", BEGIN.length());
        return close > 0 && isPrivate(line.substring(BEGIN.length(), close)) ? end : -1;
    }

    private static boolean isPrivate(String name) {
        return name.endsWith("PRIVATE KEY") || name.equals("PGP PRIVATE KEY BLOCK");
    }

    /** What a block's last line, which starts at {@code start}, has before it, up to its end; {@code null} if it is none. */
    static @Nullable Finding cutBefore(String text, int start) {
        if (!text.startsWith(END, start)) {
            return null;
        }
        int label = start + END.length();
        int close = text.indexOf("-----", label);
        if (close < 0 || close > label + LONGEST_LABEL || !isPrivate(text.substring(label, close))) {
            return null;
        }
        int body = start;
        int lines = 0;
        for (int line = start; line > Math.max(0, start - LONGEST_BLOCK); lines++) {
            int end = line;
            while (end > 0 && isBreak(text, end - 1)) {
                end--;
            }
            line = end;
            while (line > 0 && isBase64(text.charAt(line - 1)) && !isBreak(text, line - 1)) {
                line--;
            }
            // The last line may be short, and prose has short words.
            if (end - line < SHORTEST_LINE && lines > 0 || end == line) {
                break;
            }
            body = line;
        }
        return start - body < SHORTEST_LINE ? null : new Finding("PRIVATE_KEY", body, close + 5);
    }

    private static boolean isBreak(String text, int at) {
        char c = text.charAt(at);
        boolean escaped = (c == 'n' || c == 'r') && at > 0 && text.charAt(at - 1) == '\\';
        return c == '\n' || c == '\r' || c == ' ' || c == '\t' || c == '\\' || escaped;
    }

    private static boolean isBase64(char c) {
        return Chars.isAsciiAlnum(c) || c == '+' || c == '/' || c == '=';
    }

    /** The header alone, quoted in a sentence, is no key. */
    private static boolean hasBody(String text, int from) {
        int run = 0;
        for (int i = from; i < text.length() && i < from + 400; i++) {
            char c = text.charAt(i);
            run = isBase64(c) ? run + 1 : 0;
            if (run >= SHORTEST_LINE) {
                return true;
            }
        }
        return false;
    }
}
