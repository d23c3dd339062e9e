package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) in UTF-8, also as a sequence of documents (NDJSON, RFC 7464, watch streams), with a scanner of its own: bytes outside
 * masked values are copied in runs and so survive with their numbers, escapes, duplicates, order and white space.
 *
 * <p>What stands in place of a value is legal JSON of the same type: text becomes text, a number a number (0 for redact), a truth value
 * a truth value; {@code null} stays and NULL masks become {@code null}. Containers under a rule keep their shape, every leaf is
 * masked. Detectors look into strings, numbers and member names.
 *
 * <p>This class knows the grammar, {@link JsonPosition} which rule governs the place, {@link JsonToken} what becomes of a value.
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

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final BodyRules rules;
    private final boolean sequence;
    private final JsonPosition position;
    private final JsonToken token;
    private final JsonString string = new JsonString();

    private byte[] input = new byte[0];
    private int chunk;
    private long before;
    private int state = START;
    private int bom;
    private boolean newLine;
    private int number;
    private byte[] literal = NULL;
    private int matched;
    private @Nullable BodyRefusedException refused;

    /** @param sequence whether several documents may follow each other on one line, as in NDJSON and JSON text sequences */
    JsonMasker(BodyRules rules, boolean sequence) {
        this(rules, sequence, 0);
    }

    /** @param nesting how many documents this one is in */
    JsonMasker(BodyRules rules, boolean sequence, int nesting) {
        this.rules = rules;
        this.sequence = sequence;
        this.position = new JsonPosition(rules);
        this.token = new JsonToken(rules, nesting);
    }

    @Override
    public int masked() {
        return token.masked();
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (refused != null) {
            throw refused;
        }
        input = bytes;
        chunk = offset;
        token.chunk(bytes, offset, out);
        int end = offset + length;
        int i = offset;
        while (i < end) {
            i = switch (state) {
                case IN_NAME -> name(i, end);
                case IN_STRING -> string(i, end);
                case IN_NUMBER -> number(i, end);
                case IN_LITERAL -> literal(i, end);
                default -> structure(i, end);
            };
        }
        suspend(end);
        before += length;
        input = new byte[0];
    }

    private int structure(int from, int end) throws IOException {
        int i = from;
        byte b = input[i];
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            newLine |= b == '\n' || b == '\r';
            if (++i == end) {
                return end;
            }
            b = input[i];
        }
        switch (state) {
            case VALUE -> value(b, i);
            case NAME -> beginName(b, i);
            case COLON -> {
                expect(b == ':', "a colon is missing", i);
                state = VALUE;
            }
            case AFTER -> afterValue(b, i);
            case FIRST_NAME -> {
                if (b == '}') {
                    leave();
                } else {
                    beginName(b, i);
                }
            }
            case FIRST_ELEMENT -> {
                if (b == ']') {
                    leave();
                } else {
                    value(b, i);
                }
            }
            default -> document(b, i);
        }
        // A number or literal begins with this byte; everything else is past it.
        return state == IN_NUMBER || state == IN_LITERAL ? i : i + 1;
    }

    private void document(byte b, int i) throws IOException {
        if (state == START && bom < BOM.length && b == BOM[bom]) {
            bom++;
            return;
        }
        expect(bom == 0 || bom == BOM.length, "a broken byte order mark", i);
        if (b == 0x1E && sequence) {
            return;
        }
        expect(state == START || newLine || sequence, "something follows the document", i);
        newLine = false;
        value(b, i);
    }

    private void afterValue(byte b, int i) throws IOException {
        boolean object = position.inObject();
        if (b == ',') {
            if (object) {
                state = NAME;
            } else {
                position.nextElement();
                state = VALUE;
            }
        } else {
            expect(b == (object ? '}' : ']'), "a comma or a closing bracket is missing", i);
            leave();
        }
    }

    private void leave() {
        position.leave();
        valueEnded();
    }

    private void valueEnded() {
        state = position.depth() == 0 ? DONE : AFTER;
        newLine = false;
    }

    private void beginName(byte b, int i) throws IOException {
        expect(b == '"', "a member name is missing", i);
        state = IN_NAME;
        token.beginName(i + 1);
    }

    private void value(byte b, int i) throws IOException {
        position.value();
        Mask mask = position.mask();
        switch (b) {
            case '"' -> {
                state = IN_STRING;
                token.beginString(mask, position.context(), i + 1);
            }
            case '{' -> enter(true, i);
            case '[' -> enter(false, i);
            case 't' -> beginLiteral(TRUE, mask, i);
            case 'f' -> beginLiteral(FALSE, mask, i);
            case 'n' -> beginLiteral(NULL, null, i);
            default -> {
                expect(b == '-' || (b >= '0' && b <= '9'), "a value is missing", i);
                state = IN_NUMBER;
                number = JsonNumber.START;
                token.beginBare(mask, position.context(), i);
            }
        }
    }

    private void enter(boolean object, int i) throws IOException {
        expect(position.enter(object), "nested deeper than " + JsonPosition.DEEPEST, i);
        state = object ? FIRST_NAME : FIRST_ELEMENT;
    }

    private void beginLiteral(byte[] expected, @Nullable Mask mask, int i) throws IOException {
        literal = expected;
        matched = 0;
        state = IN_LITERAL;
        token.beginBare(mask, "", i);
    }

    private int literal(int from, int end) throws IOException {
        int i = from;
        while (i < end && matched < literal.length) {
            expect(input[i++] == literal[matched++], "an unknown word", i - 1);
        }
        if (matched == literal.length) {
            if (literal != NULL) {
                token.bool(literal == TRUE, i);
            }
            valueEnded();
        }
        return i;
    }

    private int number(int from, int end) throws IOException {
        int grammar = number;
        for (int i = from; i < end; i++) {
            int next = JsonNumber.next(grammar, input[i]);
            if (next == JsonNumber.END) {
                number = grammar;
                numberEnded(i);
                return i;
            }
            grammar = next;
        }
        number = grammar;
        return end;
    }

    private void numberEnded(int i) throws IOException {
        expect(JsonNumber.complete(number), "a broken number", i);
        token.number(i);
        valueEnded();
    }

    private int name(int from, int end) throws IOException {
        int close = closingQuote(from, end);
        if (close < 0) {
            return end;
        }
        NameCache.Name name = token.name(close);
        if (name == null) {
            throw refusal("a member name longer than " + JsonToken.LONGEST + " bytes", close);
        }
        position.member(name);
        state = COLON;
        return close + 1;
    }

    private int string(int from, int end) throws IOException {
        int close = closingQuote(from, end);
        if (close < 0) {
            return end;
        }
        token.string(close);
        valueEnded();
        return close + 1;
    }

    private int closingQuote(int from, int end) throws IOException {
        int close = string.end(input, from, end);
        if (string.problem() != null) {
            throw refusal(string.problem(), close);
        }
        return close == end ? -1 : close;
    }

    private void suspend(int end) throws IOException {
        switch (state) {
            case IN_NAME ->
                expect(token.suspendName(end), "a member name longer than " + JsonToken.LONGEST + " bytes", end);
            case IN_STRING -> token.suspendString(end);
            case IN_NUMBER -> token.suspendNumber(end);
            case IN_LITERAL -> token.suspendLiteral(end);
            default -> token.suspend(end);
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (refused != null) {
            throw refused;
        }
        chunk = 0;
        token.chunk(input, 0, out);
        if (state == IN_NUMBER && position.depth() == 0) {
            numberEnded(0);
        }
        expect(state == DONE || (state == START && (bom == 0 || bom == BOM.length)), "it ends too early", 0);
    }

    private void expect(boolean holds, String otherwise, int i) throws BodyRefusedException {
        if (!holds) {
            throw refusal(otherwise, i);
        }
    }

    private BodyRefusedException refusal(@Nullable String cause, int i) {
        refused = rules.refusal("JSON", before + i - chunk, cause == null ? "it is none" : cause);
        return refused;
    }
}
