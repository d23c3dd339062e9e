package io.sallyport.core.mask.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A start tag as it was written.
 *
 * @param name qualified name
 * @param attributes in their order
 * @param empty whether it ends with {@code />}
 */
record XmlTag(String name, List<Attribute> attributes, boolean empty) {

    /**
     * @param name qualified name
     * @param from index of the first byte of the value, after the quote
     * @param to index of the closing quote
     */
    record Attribute(String name, int from, int to) {}

    /** Name without prefix. */
    static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /**
     * Reads {@code <name a="b" …>} from the first {@code length} bytes.
     *
     * @return {@code null} where it is not well-formed
     */
    static @Nullable XmlTag read(byte[] raw, int length) {
        int i = endOfName(raw, 1, length);
        if (i == 1) {
            return null;
        }
        String name = new String(raw, 1, i - 1, StandardCharsets.UTF_8);
        List<Attribute> attributes = new ArrayList<>(4);
        int close = length - 1;
        boolean empty = raw[close - 1] == '/' && close - 1 >= i;
        int stop = empty ? close - 1 : close;
        while (true) {
            int before = i;
            i = skipSpace(raw, i, stop);
            if (i == stop) {
                return new XmlTag(name, attributes, empty);
            }
            int end = endOfName(raw, i, stop);
            if (i == before || end == i) {
                return null;
            }
            String attribute = new String(raw, i, end - i, StandardCharsets.UTF_8);
            i = skipSpace(raw, end, stop);
            if (i >= stop || raw[i] != '=') {
                return null;
            }
            i = skipSpace(raw, i + 1, stop);
            if (i >= stop || (raw[i] != '"' && raw[i] != '\'')) {
                return null;
            }
            byte quote = raw[i++];
            int from = i;
            while (i < stop && raw[i] != quote) {
                if (raw[i++] == '<') {
                    return null;
                }
            }
            if (i >= stop) {
                return null;
            }
            attributes.add(new Attribute(attribute, from, i++));
        }
    }

    static int endOfName(byte[] raw, int from, int stop) {
        int i = from;
        while (i < stop && isName(raw[i], i == from)) {
            i++;
        }
        return i;
    }

    private static boolean isName(byte b, boolean first) {
        boolean start = b < 0 || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == ':';
        return start || (!first && ((b >= '0' && b <= '9') || b == '-' || b == '.'));
    }

    static int skipSpace(byte[] raw, int from, int stop) {
        int i = from;
        while (i < stop && isSpace(raw[i])) {
            i++;
        }
        return i;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
