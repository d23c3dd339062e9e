package io.sallyport.core.mask.body;

import java.nio.charset.StandardCharsets;
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
        int separator = separatorLine(raw, start, length);
        if (separator > 0) {
            candidates = new byte[] {raw[separator]};
            start = skipBlankLines(raw, raw[start] == '"' ? separator + 2 : separator + 1, length);
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

    /** Whether a name that a rule has stands in the only field beside marks that could divide fields, none of which is known to. */
    boolean hidesName(BodyRules rules) {
        if (names.size() != 1 || rules.fieldKey(names.get(0)) != null) {
            return false;
        }
        for (String part : names.get(0).split("[^\\p{L}\\p{N}\\p{M} ._\\[\\]-]")) {
            if (!part.equals(names.get(0)) && rules.fieldKey(part.strip()) != null) {
                return true;
            }
        }
        return false;
    }

    /** The fields of a record that is at hand as a whole. */
    static List<String> fields(byte[] raw, int length, byte delimiter) {
        return read(raw, 0, length, delimiter).names;
    }

    private static boolean governed(Reading reading, BodyRules rules) {
        return reading.names.stream().anyMatch(name -> rules.fieldKey(name) != null);
    }

    private static long score(Reading reading, BodyRules rules) {
        long governed = reading.names.stream()
                .filter(name -> rules.fieldKey(name) != null)
                .count();
        return governed << 32 | reading.names.size();
    }

    private static int skipBlankLines(byte[] raw, int from, int length) {
        int i = from;
        while (i < length && (raw[i] == '\n' || raw[i] == '\r')) {
            i++;
        }
        return i;
    }

    /** Whether a text without a type is a table all the same: its first line names several columns, one of which a rule governs. */
    static boolean looksGoverned(String start, boolean last, BodyRules rules) {
        byte[] raw = start.getBytes(StandardCharsets.UTF_8);
        CsvHead head = read(raw, raw.length, false, last, rules);
        return head != null
                && head.names.size() > 1
                && head.names.stream().anyMatch(name -> rules.fieldKey(name) != null);
    }

    /** Index of the separator in {@code sep=;} or {@code "sep=;"}, or -1. */
    private static int separatorLine(byte[] raw, int start, int length) {
        int quote = length > start && raw[start] == '"' ? 1 : 0;
        int at = start + quote + 4;
        int end = at + 1 + quote;
        boolean named = end < length
                && new String(raw, start + quote, 4, StandardCharsets.ISO_8859_1).equalsIgnoreCase("sep=")
                && (quote == 0 || raw[at + 1] == '"')
                && (raw[end] == '\n' || raw[end] == '\r');
        return named ? at : -1;
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
