package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180) and TSV. The first record names the columns and shows the delimiter ({@link CsvHead}).
 * A masked field is written in quotes where it had them or needs them. With key rules, a record with more fields than names is refused,
 * for its values cannot be told apart.
 */
final class CsvMasker implements BodyMasker {
    private static final int START = 0;
    private static final int BARE = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_IN_QUOTED = 3;

    private static final byte[] TWO_QUOTES = {'"', '"'};

    private final BodyRules rules;
    private final boolean header;
    private final FieldMask bare;
    private final FieldMask quoted;
    private final ByteArrayOutputStream inQuotes = new ByteArrayOutputStream();
    private final boolean tabs;
    private final Held head = new Held();
    private List<String> names = List.of();
    private @Nullable Mask[] columns = new Mask[0];
    private byte delimiter;
    private boolean inHead = true;
    private int nextLook;
    /** The first record is being read, and holds names. */
    private boolean naming;

    private int state = START;
    private LateQuote late = LateQuote.NONE;
    private int column;
    private final NextTable next = new NextTable();
    private long position;

    /**
     * @param tabs whether fields are separated by tabs; else the first record tells
     * @param header whether the first record names the columns
     */
    CsvMasker(BodyRules rules, boolean tabs, boolean header) {
        this.rules = rules;
        this.tabs = tabs;
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
                    || (tabs ? text.startsWith("\"") : text.indexOf('"') >= 0)
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
        int end = offset + length;
        int from = offset;
        while (inHead && from < end) {
            byte b = bytes[from++];
            head.add(b);
            if ((b == '\n' || b == '\r') && head.length() >= nextLook) {
                readHead(false, out);
                nextLook = head.length() * 2;
            }
        }
        if (inHead && head.length() > FieldMask.LONGEST) {
            throw rules.refusal("CSV", head.length(), "a first record longer than " + FieldMask.LONGEST + " bytes");
        }
        records(bytes, from, end, out);
    }

    /** Once the first record is complete: passes it, and knows the columns. */
    private void readHead(boolean last, OutputStream out) throws IOException {
        byte[] raw = head.bytes();
        int length = head.length();
        CsvHead first = CsvHead.read(raw, length, tabs, last, rules);
        if (first == null) {
            return;
        }
        if (header && first.hidesName(rules)) {
            throw rules.refusal("CSV", first.start(), "a delimiter that is not known");
        }
        inHead = false;
        delimiter = first.delimiter();
        out.write(raw, 0, first.start());
        position = first.start();
        if (header) {
            names = first.names();
            naming = true;
        }
        records(raw, first.start(), length, out);
        head.clear();
    }

    private void records(byte[] bytes, int from, int end, OutputStream out) throws IOException {
        int start = from;
        for (int i = from; i < end; i++, position++) {
            byte b = bytes[i];
            boolean separates = b == delimiter || b == '\n' || b == '\r';
            next.add(b);
            switch (state) {
                case START -> {
                    if (b == '"') {
                        begin(quoted);
                        inQuotes.reset();
                        inQuotes.write('"');
                        state = QUOTED;
                        start = i + 1;
                    } else if (separates) {
                        emptyField(b, out);
                        start = i + 1;
                    } else {
                        begin(bare);
                        late = LateQuote.BLANKS.after(b);
                        state = BARE;
                        start = i;
                    }
                }
                case BARE -> {
                    late = late.after(b);
                    if (separates) {
                        expectOneReading();
                        bare.add(bytes, start, i, out);
                        bare.end(out);
                        separate(b, out);
                        start = i + 1;
                    }
                }
                case QUOTED -> {
                    if (tabs && b == '\n' && rules.hasKeys()) {
                        // To half of the readers of TSV a quote means nothing: whose column would follow?
                        throw rules.refusal("TSV", position, "a line break in quotes");
                    } else if (b == '"') {
                        quoted(bytes, start, i, out);
                        state = QUOTE_IN_QUOTED;
                        start = i + 1;
                    }
                }
                default -> {
                    if (b == '"') {
                        quoted(TWO_QUOTES, 0, 2, out);
                        state = QUOTED;
                    } else if (separates) {
                        endQuoted(out);
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
            quoted(bytes, start, end, out);
        }
    }

    private void expectOneReading() throws IOException {
        if (late == LateQuote.OPEN && rules.hasKeys()) {
            throw rules.refusal("CSV", position, "a delimiter in quotes that begin behind a blank");
        }
    }

    /** Content in quotes waits for the closing one: without it, what follows would be other columns. */
    private void quoted(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        quoted.add(bytes, from, to, inQuotes);
        if (inQuotes.size() > FieldMask.LONGEST) {
            inQuotes.writeTo(out);
            inQuotes.reset();
        }
    }

    private void endQuoted(OutputStream out) throws IOException {
        quoted.end(inQuotes);
        inQuotes.write('"');
        inQuotes.writeTo(out);
        inQuotes.reset();
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
        if (b != delimiter && header && rules.hasKeys()) {
            lineEnded(b);
        }
        column = b == delimiter ? column + 1 : 0;
        state = START;
        if (naming && b != delimiter) {
            naming = false;
            columns = new Mask[names.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = rules.fieldKey(names.get(i));
            }
        }
    }

    /** What a rule governs in a table stays masked in the next one, whose own columns come to it. */
    private void lineEnded(byte end) {
        List<String> named = next.lineEnded(end, column == 0 && state == START, delimiter);
        for (int i = 0; i < Math.min(named.size(), columns.length); i++) {
            columns[i] = Mask.first(columns[i], rules.fieldKey(named.get(i)));
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (inHead) {
            readHead(true, out);
        }
        if (state == QUOTED) {
            throw rules.refusal("CSV", position, "it ends too early");
        } else if (state == BARE) {
            bare.end(out);
        } else if (state == QUOTE_IN_QUOTED) {
            endQuoted(out);
        }
    }
}
