package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) in UTF-8, also as a sequence of documents (NDJSON, RFC 7464, watch streams), with a scanner of its own: bytes outside
 * masked values are copied in runs and so survive with their numbers, escapes, duplicates, order and white space.
 *
 * <p>What stands in place of a value is legal JSON of the same type: text becomes text, a number a number (0 for redact), a truth value
 * a truth value; {@code null} stays and NULL masks become {@code null}. Containers under a rule keep their shape, every leaf is
 * masked. Detectors look into strings, numbers and member names.
 *
 * <p>This class knows the grammar, {@link JsonPosition} which rule governs the place, and {@link JsonNames}, {@link JsonStrings} and {@link JsonScalars} what becomes of
 * what stands there.
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
    private static final int IN_SCALAR = 8;
    private static final int DONE = 9;
    private static final int START = 10;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final BodyRules rules;
    private final boolean sequence;
    private final JsonPosition position;
    private final ChunkRun run = new ChunkRun();
    private final JsonNames names;
    private final JsonStrings strings;
    private final JsonScalars scalars;
    private final JsonString quoted = new JsonString();

    private byte[] input = new byte[0];
    private long before;
    private int state = START;
    private int bom;
    private boolean newLine;
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
        this.names = new JsonNames(rules, run);
        this.strings = new JsonStrings(rules, run, nesting);
        this.scalars = new JsonScalars(rules, run);
    }

    @Override
    public int masked() {
        return run.masked();
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (refused != null) {
            throw refused;
        }
        input = bytes;
        run.begin(bytes, offset, out);
        int end = offset + length;
        int i = offset;
        while (i < end) {
            i = switch (state) {
                case IN_NAME -> name(i, end);
                case IN_STRING -> string(i, end);
                case IN_SCALAR -> scalar(i, end);
                default -> structure(i, end);
            };
        }
        suspend(end);
        before += length;
        run.end();
        input = run.bytes();
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
        return state == IN_SCALAR ? i : i + 1;
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
        names.begin(i + 1);
    }

    private void value(byte b, int i) throws IOException {
        position.value();
        Mask mask = position.mask();
        switch (b) {
            case '"' -> {
                state = IN_STRING;
                strings.begin(mask, position.context(), i + 1);
            }
            case '{' -> enter(true, i);
            case '[' -> enter(false, i);
            default -> {
                expect(scalars.begin(b, mask, position.context(), i), "a value is missing", i);
                state = IN_SCALAR;
            }
        }
    }

    private void enter(boolean object, int i) throws IOException {
        expect(position.enter(object), "nested deeper than " + JsonPosition.DEEPEST, i);
        state = object ? FIRST_NAME : FIRST_ELEMENT;
    }

    private int scalar(int from, int end) throws IOException {
        int i = scalars.read(from, end);
        endScalar(i);
        return toNextName(i, end);
    }

    private void endScalar(int i) throws IOException {
        if (scalars.problem() != null) {
            throw refusal(scalars.problem(), i);
        } else if (scalars.ended()) {
            valueEnded();
        }
    }

    private int name(int from, int end) throws IOException {
        int close = names.foresee(from, end);
        if (close < 0) {
            close = closingQuote(from, end);
        }
        if (close < 0) {
            return end;
        }
        NameCache.Name name = names.end(close);
        if (name == null) {
            throw refusal(JsonNames.TOO_LONG, close);
        }
        position.member(name);
        int next = close + 1;
        if (next + 1 < end && input[next] == ':' && input[next + 1] == '"') {
            // As most members go on; step by step it comes to the same.
            value((byte) '"', next + 1);
            return next + 2;
        }
        state = COLON;
        return next;
    }

    private int string(int from, int end) throws IOException {
        int close = closingQuote(from, end);
        if (close < 0) {
            return end;
        }
        strings.end(close);
        valueEnded();
        return toNextName(close + 1, end);
    }

    /** A value has ended: where a comma and another member follow at once, as mostly, the two are one step. */
    private int toNextName(int from, int end) throws IOException {
        if (state == AFTER && from + 1 < end && input[from] == ',' && input[from + 1] == '"' && position.inObject()) {
            beginName((byte) '"', from + 1);
            return from + 2;
        }
        return from;
    }

    private int closingQuote(int from, int end) throws IOException {
        int close = quoted.end(input, from, end);
        if (quoted.problem() != null) {
            throw refusal(quoted.problem(), close);
        }
        return close == end ? -1 : close;
    }

    private void suspend(int end) throws IOException {
        switch (state) {
            case IN_NAME -> expect(names.suspend(end), JsonNames.TOO_LONG, end);
            case IN_STRING -> strings.suspend(end);
            case IN_SCALAR -> scalars.suspend(end);
            default -> run.flush(end);
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (refused != null) {
            throw refused;
        }
        run.begin(input, 0, out);
        if (state == IN_SCALAR && position.depth() == 0) {
            scalars.finish();
            endScalar(0);
        }
        expect(state == DONE || (state == START && (bom == 0 || bom == BOM.length)), "it ends too early", 0);
    }

    private void expect(boolean holds, String otherwise, int i) throws BodyRefusedException {
        if (!holds) {
            throw refusal(otherwise, i);
        }
    }

    private BodyRefusedException refusal(@Nullable String cause, int i) {
        refused = rules.refusal("JSON", before + i - run.start(), cause == null ? "it is none" : cause);
        return refused;
    }
}
