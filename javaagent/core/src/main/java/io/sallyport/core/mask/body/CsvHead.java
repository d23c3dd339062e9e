package io.sallyport.core.mask.body;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first record of a table and the delimiter that it is written with: of comma, semicolon, tab and bar the one under which most
 * names are governed by rules, then the one that makes most fields. A mark of byte order, blank lines and a line {@code sep=;} (as
 * Excel writes it) may stand before it.
 *
 * @param delimiter what separates fields
 * @param start index of its first byte
 * @param names its fields, without quotes
 */
record CsvHead(byte delimiter, int start, List<String> names) {
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};
    private static final byte[] ANY_TAB = {'\t'};

    /** One reading of the first record. */
    private record Reading(byte delimiter, List<String> names, boolean complete) {}

    /**
     * @param tabs whether only the tab can be the delimiter
     * @param last whether no more bytes will come
     * @return {@code null} while the record may go on
     */
    static @Nullable CsvHead read(byte[] raw, int length, boolean tabs, boolean last, BodyRules rules) {
        int start = length >= 3 && raw[0] == (byte) 0xEF && raw[1] == (byte) 0xBB && raw[2] == (byte) 0xBF ? 3 : 0;
        start = skipBlankLines(raw, start, length);
        byte[] candidates = tabs ? ANY_TAB : DELIMITERS;
        if (isSeparatorLine(raw, start, length)) {
            candidates = new byte[] {raw[start + 4]};
            start = skipBlankLines(raw, start + 5, length);
        }
        Reading best = null;
        int mostPending = 0;
        for (byte candidate : candidates) {
            Reading reading = read(raw, start, length, candidate);
            if (!reading.complete && !last) {
                mostPending = Math.max(mostPending, reading.names.size());
            } else if (best == null || score(reading, rules) > score(best, rules)) {
                best = reading;
            }
        }
        if (best == null || (best.names.size() < mostPending && !governed(best, rules))) {
            return null;
        }
        return new CsvHead(best.delimiter, start, best.names);
    }

    private static boolean governed(Reading reading, BodyRules rules) {
        return reading.names.stream().anyMatch(name -> rules.key(name) != null);
    }

    private static long score(Reading reading, BodyRules rules) {
        long governed =
                reading.names.stream().filter(name -> rules.key(name) != null).count();
        return governed << 32 | reading.names.size();
    }

    private static int skipBlankLines(byte[] raw, int from, int length) {
        int i = from;
        while (i < length && (raw[i] == '\n' || raw[i] == '\r')) {
            i++;
        }
        return i;
    }

    private static boolean isSeparatorLine(byte[] raw, int start, int length) {
        return length - start > 5
                && raw[start] == 's'
                && raw[start + 1] == 'e'
                && raw[start + 2] == 'p'
                && raw[start + 3] == '='
                && (raw[start + 5] == '\n' || raw[start + 5] == '\r');
    }

    /** The fields of the record, read as {@link CsvMasker} reads them: quotes count at the start of a field. */
    private static Reading read(byte[] raw, int start, int length, byte delimiter) {
        List<String> names = new ArrayList<>();
        int i = start;
        while (true) {
            int from = i;
            boolean quoted = i < length && raw[i] == '"';
            if (quoted) {
                i = closingQuote(raw, i + 1, length);
            }
            while (i < length && raw[i] != delimiter && raw[i] != '\n' && raw[i] != '\r') {
                i++;
            }
            names.add(name(raw, from, i));
            if (i == length) {
                return new Reading(delimiter, names, false);
            } else if (raw[i] != delimiter) {
                return new Reading(delimiter, names, true);
            }
            i++;
        }
    }

    /** Index after the closing quote, or {@code length}. */
    private static int closingQuote(byte[] raw, int from, int length) {
        int i = from;
        while (i < length) {
            if (raw[i] != '"') {
                i++;
            } else if (i + 1 < length && raw[i + 1] == '"') {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return length;
    }

    private static String name(byte[] raw, int from, int to) {
        String text = TextCodec.PLAIN.decode(raw, from, to).strip();
        boolean quotes = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quotes
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"").strip()
                : text;
    }
}
