package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The member name or scalar that is being read. Until it is decided its bytes are held back; then it leaves as it came, or what a rule
 * puts in its place. All bytes between tokens leave in runs with it. What happens does not depend on how the body was cut in chunks.
 * Not thread-safe.
 */
final class JsonToken {
    /** Longer masked values are replaced as a whole, longer names refused. */
    static final int LONGEST = 64 * 1024;

    /** No detector looks for numbers that are longer. */
    private static final int LONGEST_NUMBER = 1000;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final BodyRules rules;
    private final boolean detects;
    private final boolean governs;
    private final NameCache names;
    private final DetectWindow window;
    private final NestedJson nested;
    private final Held held = new Held();

    private byte[] input = new byte[0];
    private OutputStream out = OutputStream.nullOutputStream();
    /** Start of the bytes of this chunk that are decided but not yet written. */
    private int run;
    /** Start, in this chunk, of the token's content. */
    private int start;

    private @Nullable Mask mask;
    private String context = "";
    /** The token began in an earlier chunk. */
    private boolean carried;

    private boolean overlong;
    /** The string may be a document, and is held as a whole. */
    private boolean document;

    private int masked;

    JsonToken(BodyRules rules, int nesting) {
        this.rules = rules;
        this.detects = rules.detects();
        this.governs = rules.governsJson();
        this.names = new NameCache(rules, JsonCodec.INSTANCE);
        this.window = new DetectWindow(rules, JsonCodec.INSTANCE);
        this.nested = new NestedJson(rules, nesting);
    }

    int masked() {
        return masked;
    }

    void chunk(byte[] bytes, int offset, OutputStream to) {
        input = bytes;
        out = to;
        run = offset;
        start = offset;
    }

    /** A name's content begins. */
    void beginName(int at) {
        begin(null, "", at);
    }

    /** A string's content begins after its quote. */
    void beginString(@Nullable Mask rule, String contextName, int at) throws IOException {
        if (rule != null) {
            flush(at - 1);
        }
        begin(rule, contextName, at);
    }

    /** A number, {@code true} or {@code false} begins. */
    void beginBare(@Nullable Mask rule, String contextName, int at) throws IOException {
        if (rule != null) {
            flush(at);
        }
        begin(rule, contextName, at);
    }

    private void begin(@Nullable Mask rule, String contextName, int at) {
        mask = rule;
        context = contextName;
        start = at;
        carried = false;
        overlong = false;
        document = false;
        held.clear();
    }

    /** The name ends before {@code close}; {@code null} if it is too long. */
    NameCache.@Nullable Name name(int close) throws IOException {
        NameCache.Name name;
        if (held.length() + close - start > LONGEST) {
            return null;
        } else if (carried) {
            held.add(input, start, close);
            name = names.of(held.bytes(), 0, held.length());
            out.write(name.masked() == null ? name.raw() : name.masked());
            run = close;
        } else {
            name = names.of(input, start, close);
            if (name.masked() != null) {
                flush(start);
                out.write(name.masked());
                run = close;
            }
        }
        if (name.masked() != null) {
            masked++;
        }
        return name;
    }

    /** The string ends before the quote at {@code close}. */
    void string(int close) throws IOException {
        if (mask != null) {
            maskString(mask, close);
        } else if (governs && mayBeDocument(close)) {
            maskDocument(close);
        } else if (detects) {
            searchString(close);
        }
    }

    /** A string that could be a document ends; one that is none is searched as any other. */
    private void maskDocument(int close) throws IOException {
        boolean whole = held.length() == 0 && !carried;
        if (overlong || held.length() + close - start > NestedJson.LONGEST) {
            replaceContent(JsonCodec.INSTANCE.encode(nested.replacement()), close);
            return;
        }
        if (!whole) {
            held.add(input, start, close);
        }
        byte[] raw = whole ? input : held.bytes();
        int from = whole ? start : 0;
        int to = whole ? close : held.length();
        String result = nested.mask(JsonCodec.INSTANCE.decode(raw, from, to));
        if (result != null) {
            replaceContent(JsonCodec.INSTANCE.encode(result), close);
        } else if (!whole) {
            searchHeld();
            masked += detects && window.end(out) ? 1 : 0;
            run = close;
        } else if (detects) {
            searchString(close);
        }
        held.clear();
    }

    private void replaceContent(byte[] content, int close) throws IOException {
        if (!carried) {
            flush(start);
        }
        if (detects) {
            window.begin(context);
            window.add(content, 0, content.length, out);
            window.end(out);
        } else {
            out.write(content);
        }
        run = close;
        masked++;
    }

    /** What was held for a document is none, and goes the way of other strings. */
    private void searchHeld() throws IOException {
        document = false;
        if (detects) {
            window.begin(context);
            window.add(held.bytes(), 0, held.length(), out);
        } else {
            held.writeTo(out);
        }
        held.clear();
    }

    /** Whether the string, of which this chunk holds a part up to {@code end}, has to be held because it may be a document. */
    private boolean mayBeDocument(int end) throws IOException {
        if (carried && !document) {
            return false;
        }
        if (!carried || (held.length() == 0 && !overlong)) {
            document = end == start || nested.mayBegin(input[start]);
            if (!document && carried && detects) {
                window.begin(context);
            }
        }
        if (document && !overlong && held.length() + end - start > NestedJson.LONGEST) {
            byte[] first = Arrays.copyOf(held.bytes(), Math.min(held.length(), NestedJson.LOOK * 6));
            int more = Math.min(end - start, NestedJson.LOOK * 6 - first.length);
            byte[] look = Arrays.copyOf(first, first.length + more);
            System.arraycopy(input, start, look, first.length, more);
            if (!NestedJson.begins(JsonCodec.INSTANCE.decode(look, 0, look.length))) {
                if (carried) {
                    searchHeld();
                }
                document = false;
            }
        }
        return document;
    }

    private void maskString(Mask rule, int close) throws IOException {
        String result;
        boolean empty = !overlong && held.length() + close - start == 0;
        if (overlong || held.length() + close - start > LONGEST) {
            result = rule.replacement();
        } else if (carried) {
            held.add(input, start, close);
            result = rule.text(JsonCodec.INSTANCE.decode(held.bytes(), 0, held.length()));
        } else {
            result = rule.text(JsonCodec.INSTANCE.decode(input, start, close));
        }
        if (result == null) {
            out.write(NULL);
        } else {
            out.write('"');
            out.write(JsonCodec.INSTANCE.encode(result));
            out.write('"');
        }
        run = close + 1;
        masked += empty ? 0 : 1;
        held.clear();
    }

    private void searchString(int close) throws IOException {
        if (carried || close - start > DetectWindow.WINDOW) {
            if (!carried) {
                flush(start);
                window.begin(context);
            }
            window.add(input, start, close, out);
            run = close;
            masked += window.end(out) ? 1 : 0;
        } else if (rules.mayFind(input, start, close)) {
            List<Finding> findings = window.find(input, start, close, context);
            if (!findings.isEmpty()) {
                flush(start);
                window.writeMasked(input, start, close, findings, out);
                run = close;
                masked++;
            }
        }
    }

    /** The number ends before {@code end}. */
    void number(int end) throws IOException {
        if (mask == null && !detects) {
            return;
        }
        overlong |= held.length() + end - start > LONGEST_NUMBER;
        if (mask != null) {
            replace(mask.number(overlong ? "" : ascii(end)), end);
        } else if (!overlong) {
            String text = ascii(end);
            List<Finding> findings = rules.find(text, context);
            if (!findings.isEmpty()) {
                if (!carried) {
                    flush(start);
                }
                replace(rules.maskOf(findings.get(0)).number(text), end);
            } else if (carried) {
                held.writeTo(out);
            }
        } else if (carried) {
            held.writeTo(out);
        }
        held.clear();
    }

    /** The truth value ends before {@code end}. */
    void bool(boolean value, int end) throws IOException {
        if (mask != null) {
            replace(mask.bool(value), end);
        }
    }

    private String ascii(int end) {
        if (carried) {
            held.add(input, start, end);
            run = end;
            return new String(held.bytes(), 0, held.length(), StandardCharsets.US_ASCII);
        }
        return new String(input, start, end - start, StandardCharsets.US_ASCII);
    }

    private void replace(@Nullable String value, int end) throws IOException {
        out.write(value == null ? NULL : value.getBytes(StandardCharsets.UTF_8));
        run = end;
        masked++;
    }

    private void flush(int upTo) throws IOException {
        if (upTo > run) {
            out.write(input, run, upTo - run);
        }
        run = upTo;
    }

    /** The chunk ends outside a token. */
    void suspend(int end) throws IOException {
        flush(end);
        release();
    }

    /** The chunk ends inside a name; {@code false} if it is too long. */
    boolean suspendName(int end) throws IOException {
        if (!carried) {
            flush(start);
        }
        held.add(input, start, end);
        carried = true;
        release();
        return held.length() <= LONGEST;
    }

    /** The chunk ends inside a string. */
    void suspendString(int end) throws IOException {
        if (mask == null && governs && mayBeDocument(end)) {
            if (!carried) {
                flush(start);
            }
            holdDocument(end);
        } else if (mask == null && !detects) {
            flush(end);
        } else if (mask == null) {
            if (!carried) {
                flush(start);
                window.begin(context);
            }
            window.add(input, start, end, out);
        } else {
            hold(end, LONGEST);
        }
        carried = true;
        release();
    }

    /** The chunk ends inside a number, or where one ends. */
    void suspendNumber(int end) throws IOException {
        if (mask == null && !detects) {
            flush(end);
        } else {
            if (mask == null && !carried) {
                flush(start);
            }
            boolean passes = overlong;
            hold(end, LONGEST_NUMBER);
            if (mask == null && overlong) {
                if (!passes) {
                    held.writeTo(out);
                    held.clear();
                }
                out.write(input, start, end - start);
            }
        }
        carried = true;
        release();
    }

    /** The chunk ends inside a literal, which a rule may replace. */
    void suspendLiteral(int end) throws IOException {
        if (mask == null) {
            flush(end);
        }
        release();
    }

    private void holdDocument(int end) {
        overlong |= held.length() + end - start > NestedJson.LONGEST;
        if (overlong) {
            held.clear();
        } else {
            held.add(input, start, end);
        }
    }

    private void hold(int end, int limit) {
        overlong |= held.length() + end - start > limit;
        if (overlong && mask != null) {
            held.clear();
        } else if (!overlong) {
            held.add(input, start, end);
        }
    }

    private void release() {
        input = new byte[0];
        out = OutputStream.nullOutputStream();
    }
}
