package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180) and TSV. The first record names the columns; the delimiter of CSV is the one of comma, semicolon, tab and bar that the
 * first record has most of. A masked field is written in quotes where it had them or needs them. With key rules, a record with more
 * fields than names is refused, for its values cannot be told apart.
 */
final class CsvMasker implements BodyMasker {
    private static final int START = 0;
    private static final int BARE = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_IN_QUOTED = 3;

    private final BodyRules rules;
    private final boolean header;
    private final FieldMask bare;
    private final FieldMask quoted;
    private final Held first = new Held();
    private final List<String> names = new ArrayList<>();
    private @Nullable Mask[] columns = new Mask[0];
    private byte delimiter;
    private boolean inFirst = true;
    private boolean firstQuoted;
    private boolean naming;
    private int state = START;
    private int column;
    private long position;

    /** @param delimiter 0 to find it in the first record */
    CsvMasker(BodyRules rules, int delimiter, boolean header) {
        this.rules = rules;
        this.delimiter = (byte) delimiter;
        this.header = header;
        this.bare = new FieldMask(rules, new BareField());
        this.quoted = new FieldMask(rules, CsvCodec.QUOTED);
    }

    /** A field without quotes; masked text that needs them gets them. */
    private final class BareField extends TextCodec {
        @Override
        boolean isSpecial(byte b) {
            return false;
        }

        @Override
        long special(byte[] raw, int at, int to) {
            return unit(raw[at], 1);
        }

        @Override
        byte[] encode(String text) {
            boolean needs = text.indexOf((char) delimiter) >= 0
                    || text.indexOf('"') >= 0
                    || text.indexOf('\n') >= 0
                    || text.indexOf('\r') >= 0;
            byte[] plain = TextCodec.PLAIN.encode(text);
            if (!needs) {
                return plain;
            }
            return TextCodec.PLAIN.encode("\"" + text.replace("\"", "\"\"") + "\"");
        }
    }

    @Override
    public int masked() {
        return bare.masked() + quoted.masked();
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int from = offset;
        int end = offset + length;
        if (inFirst) {
            from = collectFirst(bytes, offset, end);
            if (inFirst) {
                return;
            }
            readFirst(out);
        }
        records(bytes, from, end, out);
    }

    /** Takes bytes up to the end of the first record. */
    private int collectFirst(byte[] bytes, int offset, int end) throws IOException {
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (b == '"') {
                firstQuoted = !firstQuoted;
            } else if (b == '\n' && !firstQuoted) {
                first.add(bytes, offset, i + 1);
                inFirst = false;
                return i + 1;
            }
        }
        first.add(bytes, offset, end);
        if (first.length() > JsonMasker.LONGEST) {
            throw rules.refusal("CSV", first.length(), "a first record longer than " + JsonMasker.LONGEST + " bytes");
        }
        return end;
    }

    private void readFirst(OutputStream out) throws IOException {
        byte[] record = first.bytes();
        if (delimiter == 0) {
            delimiter = likeliest(record, first.length());
        }
        naming = header;
        int start =
                first.length() >= 3 && record[0] == (byte) 0xEF && record[1] == (byte) 0xBB && record[2] == (byte) 0xBF
                        ? 3
                        : 0;
        out.write(record, 0, start);
        position = start;
        if (naming) {
            readNames(record, start);
        }
        records(record, start, first.length(), out);
        naming = false;
        column = 0;
        columns = new Mask[names.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rules.key(names.get(i));
        }
        first.clear();
    }

    private static byte likeliest(byte[] record, int length) {
        byte best = ',';
        int most = 0;
        for (byte candidate : new byte[] {',', ';', '\t', '|'}) {
            int count = 0;
            boolean inQuotes = false;
            for (int i = 0; i < length; i++) {
                inQuotes ^= record[i] == '"';
                count += !inQuotes && record[i] == candidate ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private void readNames(byte[] record, int from) {
        int start = from;
        boolean inQuotes = false;
        for (int i = from; i <= first.length(); i++) {
            byte b = i < first.length() ? record[i] : (byte) '\n';
            inQuotes ^= b == '"';
            boolean ends = !inQuotes && (b == delimiter || b == '\n' || b == '\r');
            if (ends) {
                String name = CsvCodec.QUOTED.decode(record, start, i).strip();
                boolean quotes = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
                names.add(quotes ? name.substring(1, name.length() - 1).strip() : name);
                start = i + 1;
                if (b != delimiter) {
                    return;
                }
            }
        }
    }

    private void records(byte[] bytes, int from, int end, OutputStream out) throws IOException {
        int start = from;
        for (int i = from; i < end; i++, position++) {
            byte b = bytes[i];
            boolean separates = b == delimiter || b == '\n' || b == '\r';
            switch (state) {
                case START -> {
                    if (b == '"') {
                        begin(quoted);
                        out.write('"');
                        state = QUOTED;
                        start = i + 1;
                    } else if (separates) {
                        emptyField(b, out);
                        start = i + 1;
                    } else {
                        begin(bare);
                        state = BARE;
                        start = i;
                    }
                }
                case BARE -> {
                    if (separates) {
                        bare.add(bytes, start, i, out);
                        bare.end(out);
                        separate(b, out);
                        start = i + 1;
                    }
                }
                case QUOTED -> {
                    if (b == '"') {
                        quoted.add(bytes, start, i, out);
                        state = QUOTE_IN_QUOTED;
                        start = i + 1;
                    }
                }
                default -> {
                    if (b == '"') {
                        quoted.add(new byte[] {'"', '"'}, 0, 2, out);
                        state = QUOTED;
                    } else if (separates) {
                        quoted.end(out);
                        out.write('"');
                        separate(b, out);
                    } else {
                        throw rules.refusal("CSV", position, "something follows a closing quote");
                    }
                    start = i + 1;
                }
            }
        }
        if (state == BARE) {
            bare.add(bytes, start, end, out);
        } else if (state == QUOTED) {
            quoted.add(bytes, start, end, out);
        }
    }

    private void begin(FieldMask field) throws IOException {
        if (naming) {
            field.begin(null, "");
            return;
        }
        if (header && column >= columns.length && rules.hasKeys()) {
            throw rules.refusal("CSV", position, "a record has more fields than the first one");
        }
        field.begin(column < columns.length ? columns[column] : null, column < names.size() ? names.get(column) : "");
    }

    private void emptyField(byte b, OutputStream out) throws IOException {
        if (b == delimiter && !naming && header && column >= columns.length && rules.hasKeys()) {
            throw rules.refusal("CSV", position, "a record has more fields than the first one");
        }
        separate(b, out);
    }

    private void separate(byte b, OutputStream out) throws IOException {
        out.write(b);
        column = b == delimiter ? column + 1 : 0;
        state = START;
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (inFirst) {
            inFirst = false;
            if (firstQuoted) {
                throw rules.refusal("CSV", first.length(), "it ends too early");
            }
            readFirst(out);
        }
        if (state == QUOTED) {
            throw rules.refusal("CSV", position, "it ends too early");
        } else if (state == BARE) {
            bare.end(out);
        } else if (state == QUOTE_IN_QUOTED) {
            quoted.end(out);
            out.write('"');
        }
    }
}
