package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) in UTF-8, also as a sequence of documents (NDJSON, RFC 7464, watch streams), with a scanner of its own: bytes outside
 * masked values are copied in runs and so survive with their numbers, escapes, duplicates, order and white space.
 *
 * <p>What stands in place of a value is legal JSON of the same type: text becomes text, a number a number (0 for redact), a truth value
 * a truth value; {@code null} stays and NULL masks become {@code null}. Containers under a rule keep their shape, every leaf is
 * masked. Detectors look into strings, numbers and member names.
 */
final class JsonMasker implements BodyMasker {
    private static final int VALUE = 0;
    private static final int FIRST_NAME = 1;
    private static final int NAME = 2;
    private static final int COLON = 3;
    private static final int FIRST_ELEMENT = 4;
    private static final int AFTER = 5;
    private static final int IN_NAME = 6;
    private static final int IN_STRING = 7;
    private static final int IN_NUMBER = 8;
    private static final int IN_LITERAL = 9;
    private static final int DONE = 10;
    private static final int START = 11;

    /** Longer values are replaced, longer names refused. */
    static final int LONGEST = 64 * 1024;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] ORDINARY = ordinary();

    private final BodyRules rules;
    private final boolean sequence;
    private final JsonPosition position;
    private final NameCache names;
    private final DetectWindow window;
    private final Held held = new Held();
    private final Utf8Check utf8 = new Utf8Check();

    private byte[] input = new byte[0];
    private int pos;
    private int end;
    /** Start of the bytes of this chunk that are decided but not yet written. */
    private int run;
    /** Start, in this chunk, of the token that is being read. */
    private int token;

    private int chunk;
    private long before;
    private int state = START;
    private int bom;
    private boolean newLine;
    private @Nullable Mask mask;
    /** The token began in an earlier chunk. */
    private boolean carried;

    private boolean overlong;
    /** 0 outside an escape, 1 after the backslash, 2 to 5 before the hexadecimal digits. */
    private int escape;

    private int number;
    private byte[] literal = NULL;
    private int matched;
    private int masked;
    private @Nullable BodyRefusedException refused;

    /** @param sequence whether several documents may follow each other on one line, as in NDJSON and JSON text sequences */
    JsonMasker(BodyRules rules, boolean sequence) {
        this.rules = rules;
        this.sequence = sequence;
        this.position = new JsonPosition(rules);
        this.names = new NameCache(rules, JsonCodec.INSTANCE);
        this.window = new DetectWindow(rules, JsonCodec.INSTANCE);
    }

    private static boolean[] ordinary() {
        boolean[] ordinary = new boolean[256];
        for (int i = 0x20; i < 0x80; i++) {
            ordinary[i] = i != '"' && i != '\\';
        }
        return ordinary;
    }

    @Override
    public int masked() {
        return masked;
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (refused != null) {
            throw refused;
        }
        input = bytes;
        pos = offset;
        chunk = offset;
        end = offset + length;
        run = offset;
        token = offset;
        while (pos < end) {
            step(out);
        }
        suspend(out);
        before += length;
        input = new byte[0];
    }

    private void step(OutputStream out) throws IOException {
        switch (state) {
            case IN_STRING -> string(out);
            case IN_NAME -> name(out);
            case IN_NUMBER -> number(out);
            case IN_LITERAL -> literal(out);
            default -> structure(input[pos], out);
        }
    }

    private void structure(byte b, OutputStream out) throws IOException {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            newLine |= b == '\n' || b == '\r';
            pos++;
            return;
        }
        switch (state) {
            case START, DONE -> document(b, out);
            case VALUE -> value(b, out);
            case FIRST_NAME -> {
                if (b == '}') {
                    leave();
                } else {
                    beginName(b);
                }
            }
            case NAME -> beginName(b);
            case COLON -> {
                expect(b == ':', "a colon is missing");
                state = VALUE;
                pos++;
            }
            case FIRST_ELEMENT -> {
                if (b == ']') {
                    leave();
                } else {
                    value(b, out);
                }
            }
            default -> afterValue(b);
        }
    }

    private void document(byte b, OutputStream out) throws IOException {
        if (state == START && bom < BOM.length && b == BOM[bom]) {
            bom++;
            pos++;
            return;
        }
        expect(bom == 0 || bom == BOM.length, "a broken byte order mark");
        if (b == 0x1E && sequence) {
            pos++;
            return;
        }
        expect(state == START || newLine || sequence, "something follows the document");
        newLine = false;
        value(b, out);
    }

    private void afterValue(byte b) throws IOException {
        boolean object = position.inObject();
        if (b == ',') {
            if (object) {
                state = NAME;
            } else {
                position.nextElement();
                state = VALUE;
            }
            pos++;
        } else {
            expect(b == (object ? '}' : ']'), "a comma or a closing bracket is missing");
            leave();
        }
    }

    private void leave() {
        pos++;
        position.leave();
        valueEnded();
    }

    private void valueEnded() {
        state = position.depth() == 0 ? DONE : AFTER;
        newLine = false;
    }

    private void beginName(byte b) throws IOException {
        expect(b == '"', "a member name is missing");
        pos++;
        state = IN_NAME;
        beginToken();
    }

    private void beginToken() {
        token = pos;
        carried = false;
        overlong = false;
        held.clear();
    }

    private void value(byte b, OutputStream out) throws IOException {
        position.value();
        mask = position.mask();
        switch (b) {
            case '{' -> enter(true);
            case '[' -> enter(false);
            case '"' -> {
                if (mask != null) {
                    flush(out, pos);
                }
                pos++;
                state = IN_STRING;
                beginToken();
            }
            case 't' -> beginLiteral(TRUE, out);
            case 'f' -> beginLiteral(FALSE, out);
            case 'n' -> beginLiteral(NULL, out);
            default -> {
                expect(b == '-' || (b >= '0' && b <= '9'), "a value is missing");
                if (mask != null) {
                    flush(out, pos);
                }
                state = IN_NUMBER;
                number = JsonNumber.START;
                beginToken();
            }
        }
    }

    private void enter(boolean object) throws IOException {
        expect(position.enter(object), "nested deeper than " + JsonPosition.DEEPEST);
        state = object ? FIRST_NAME : FIRST_ELEMENT;
        pos++;
    }

    private void beginLiteral(byte[] expected, OutputStream out) throws IOException {
        if (mask != null && expected != NULL) {
            flush(out, pos);
        }
        literal = expected;
        matched = 0;
        state = IN_LITERAL;
    }

    private void literal(OutputStream out) throws IOException {
        expect(input[pos] == literal[matched], "an unknown word");
        pos++;
        if (++matched < literal.length) {
            return;
        }
        if (mask != null && literal != NULL) {
            replace(mask.bool(literal == TRUE), out);
        }
        valueEnded();
    }

    /** Writes a bare value in place of the bytes that were held back up to here. */
    private void replace(@Nullable String value, OutputStream out) throws IOException {
        out.write(value == null ? NULL : value.getBytes(StandardCharsets.UTF_8));
        run = pos;
        masked++;
    }

    private void number(OutputStream out) throws IOException {
        while (pos < end) {
            int next = JsonNumber.next(number, input[pos]);
            if (next == JsonNumber.END) {
                numberEnded(out);
                return;
            }
            number = next;
            pos++;
        }
    }

    private void numberEnded(OutputStream out) throws IOException {
        expect(JsonNumber.complete(number), "a broken number");
        Mask rule = mask;
        if (rule != null) {
            replace(rule.number(overlong ? "" : ascii()), out);
        } else if (rules.detects() && !overlong) {
            detectNumber(ascii(), out);
        }
        held.clear();
        valueEnded();
    }

    private void detectNumber(String text, OutputStream out) throws IOException {
        List<Finding> findings = rules.find(text, position.context());
        if (!findings.isEmpty()) {
            if (!carried) {
                flush(out, token);
            }
            replace(rules.maskOf(findings.get(0)).number(text), out);
        } else if (carried) {
            held.writeTo(out);
        }
    }

    private String ascii() {
        if (carried) {
            held.add(input, token, pos);
            run = pos;
            return new String(held.bytes(), 0, held.length(), StandardCharsets.US_ASCII);
        }
        return new String(input, token, pos - token, StandardCharsets.US_ASCII);
    }

    /** Moves on to the closing quote; {@code true} when it was taken. */
    private boolean scanString() throws IOException {
        byte[] b = input;
        int i = pos;
        int stop = end;
        while (i < stop) {
            byte c = b[i];
            if (escape != 0) {
                pos = i;
                escaped(c);
                i++;
            } else if (ORDINARY[c & 0xFF] && !utf8.open()) {
                i++;
                while (i < stop && ORDINARY[b[i] & 0xFF]) {
                    i++;
                }
            } else {
                pos = i;
                expect(utf8.accept(c), "invalid UTF-8");
                if (c == '\\') {
                    escape = 1;
                } else if (c == '"') {
                    pos = i + 1;
                    return true;
                } else {
                    expect(c < 0 || c >= 0x20, "a control character in a string");
                }
                i++;
            }
        }
        pos = i;
        return false;
    }

    private void escaped(byte c) throws IOException {
        if (escape == 1) {
            expect("\"\\/bfnrtu".indexOf(c) >= 0, "an unknown escape");
            escape = c == 'u' ? 2 : 0;
        } else {
            expect(Character.digit(c, 16) >= 0 && c > 0, "a broken escape");
            escape = escape == 5 ? 0 : escape + 1;
        }
    }

    private void name(OutputStream out) throws IOException {
        if (!scanString()) {
            return;
        }
        int close = pos - 1;
        NameCache.Name name;
        if (carried) {
            held.add(input, token, close);
            name = names.of(held.bytes(), 0, held.length());
            out.write(name.masked() == null ? name.raw() : name.masked());
            run = close;
        } else {
            name = names.of(input, token, close);
            if (name.masked() != null) {
                flush(out, token);
                out.write(name.masked());
                run = close;
            }
        }
        if (name.masked() != null) {
            masked++;
        }
        position.member(name);
        state = COLON;
    }

    private void string(OutputStream out) throws IOException {
        if (!scanString()) {
            return;
        }
        int close = pos - 1;
        Mask rule = mask;
        if (rule != null) {
            maskString(rule, close, out);
        } else if (rules.detects()) {
            if (carried) {
                window.add(input, token, close, out);
                run = close;
                masked += window.end(out) ? 1 : 0;
            } else {
                List<Finding> findings = window.find(input, token, close, position.context());
                if (!findings.isEmpty()) {
                    flush(out, token);
                    window.writeMasked(input, token, close, findings, out);
                    run = close;
                    masked++;
                }
            }
        }
        valueEnded();
    }

    private void maskString(Mask rule, int close, OutputStream out) throws IOException {
        String result;
        boolean empty = !overlong && held.length() + close - token == 0;
        if (overlong || held.length() + close - token > LONGEST) {
            result = rule.replacement();
        } else if (carried) {
            held.add(input, token, close);
            result = rule.text(JsonCodec.INSTANCE.decode(held.bytes(), 0, held.length()));
        } else {
            result = rule.text(JsonCodec.INSTANCE.decode(input, token, close));
        }
        if (result == null) {
            out.write(NULL);
        } else {
            out.write('"');
            out.write(JsonCodec.INSTANCE.encode(result));
            out.write('"');
        }
        run = pos;
        masked += empty ? 0 : 1;
        held.clear();
    }

    private void flush(OutputStream out, int upTo) throws IOException {
        if (upTo > run) {
            out.write(input, run, upTo - run);
        }
        run = upTo;
    }

    /** The chunk ends: keeps what is undecided. */
    private void suspend(OutputStream out) throws IOException {
        boolean holds = state == IN_NAME
                || (state == IN_LITERAL && mask != null && literal != NULL)
                || ((state == IN_STRING || state == IN_NUMBER) && (mask != null || rules.detects()));
        if (!holds) {
            flush(out, end);
            carried = true;
            return;
        }
        if (state == IN_LITERAL) {
            return;
        }
        if (!carried && mask == null || state == IN_NAME) {
            flush(out, Math.max(run, Math.min(token, end)));
        }
        if (state == IN_STRING && mask == null) {
            if (!carried) {
                window.begin(position.context());
            }
            window.add(input, token, end, out);
        } else if (state == IN_NAME) {
            held.add(input, token, end);
            expect(held.length() <= LONGEST, "a member name longer than " + LONGEST + " bytes");
        } else {
            hold(out);
        }
        carried = true;
    }

    private void hold(OutputStream out) throws IOException {
        int limit = state == IN_NUMBER ? 1000 : LONGEST;
        if (overlong) {
            if (mask == null) {
                out.write(input, token, end - token);
            }
        } else if (held.length() + end - token > limit) {
            overlong = true;
            if (mask == null) {
                held.writeTo(out);
                out.write(input, token, end - token);
            }
            held.clear();
        } else {
            held.add(input, token, end);
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (refused != null) {
            throw refused;
        }
        token = 0;
        chunk = 0;
        pos = 0;
        end = 0;
        run = 0;
        if (state == IN_NUMBER && position.depth() == 0) {
            numberEnded(out);
        }
        expect(state == DONE || (state == START && (bom == 0 || bom == BOM.length)), "it ends too early");
    }

    private void expect(boolean holds, String otherwise) throws BodyRefusedException {
        if (!holds) {
            refused = rules.refusal("JSON", before + pos - chunk, otherwise);
            throw refused;
        }
    }
}
