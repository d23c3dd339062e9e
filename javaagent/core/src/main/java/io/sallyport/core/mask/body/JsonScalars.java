package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number, truth value or {@code null} that is being read: it leaves as it came, or what a rule puts in its place. Not thread-safe.
 */
final class JsonScalars {
    /** No detector looks for numbers that are longer. */
    private static final int LONGEST_NUMBER = 1000;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    static final byte[] NULL = ascii("null");

    private final BodyRules rules;
    private final boolean detects;
    private final ChunkRun run;
    private final Held held = new Held();
    private @Nullable Mask mask;
    private String context = "";
    private int start;
    /** The value began in an earlier chunk. */
    private boolean carried;

    private boolean overlong;
    private byte @Nullable [] literal;
    private int matched;
    private int grammar;
    private boolean ended;
    private @Nullable String problem;

    JsonScalars(BodyRules rules, ChunkRun run) {
        this.rules = rules;
        this.detects = rules.detects();
        this.run = run;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A value begins at {@code at}; {@code false} if none can begin with this byte. */
    boolean begin(byte first, @Nullable Mask rule, String contextName, int at) throws IOException {
        literal = switch (first) {
            case 't' -> TRUE;
            case 'f' -> FALSE;
            case 'n' -> NULL;
            default -> null;
        };
        if (literal == null && first != '-' && (first < '0' || first > '9')) {
            return false;
        }
        mask = literal == NULL ? null : rule;
        if (mask != null) {
            run.flush(at);
        }
        context = contextName;
        start = at;
        carried = false;
        overlong = false;
        held.clear();
        matched = 0;
        grammar = JsonNumber.START;
        ended = false;
        return true;
    }

    /** Reads on; returns the index where the value ended, where something is wrong, or {@code end}. */
    int read(int from, int end) throws IOException {
        return literal == null ? number(from, end) : literal(literal, from, end);
    }

    /** Whether the last read came to the value's end. */
    boolean ended() {
        return ended;
    }

    /** What was wrong in the last read, or {@code null}. */
    @Nullable
    String problem() {
        return problem;
    }

    private int literal(byte[] expected, int from, int end) throws IOException {
        byte[] input = run.bytes();
        int i = from;
        while (i < end && matched < expected.length) {
            if (input[i] != expected[matched]) {
                problem = "an unknown word";
                return i;
            }
            i++;
            matched++;
        }
        if (matched == expected.length) {
            if (mask != null) {
                replace(mask.bool(expected == TRUE), i);
            }
            ended = true;
        }
        return i;
    }

    private int number(int from, int end) throws IOException {
        byte[] input = run.bytes();
        int state = grammar;
        for (int i = from; i < end; i++) {
            int next = JsonNumber.next(state, input[i]);
            if (next == JsonNumber.END) {
                grammar = state;
                endNumber(i);
                return i;
            }
            state = next;
        }
        grammar = state;
        return end;
    }

    /** The body ended, and with it a number. */
    void finish() throws IOException {
        if (literal == null) {
            endNumber(run.start());
        }
    }

    private void endNumber(int end) throws IOException {
        if (!JsonNumber.complete(grammar)) {
            problem = "a broken number";
            return;
        }
        ended = true;
        if (mask == null && !detects) {
            return;
        }
        int from = carried ? run.start() : start;
        overlong |= held.length() + end - from > LONGEST_NUMBER;
        if (mask != null) {
            replace(mask.number(overlong ? "" : text(end)), end);
        } else if (overlong) {
            held.writeTo(run.out());
        } else {
            search(from, end);
        }
        held.clear();
    }

    private void search(int from, int end) throws IOException {
        if (!carried && !rules.mayFind(run.bytes(), from, end) && !mayBeWhole(from, end)) {
            return;
        }
        String text = text(end);
        List<Finding> findings = rules.find(text, context);
        String whole = findings.isEmpty() ? JsonNumber.whole(text) : null;
        if (whole != null) {
            findings = rules.find(whole, context);
        }
        if (!findings.isEmpty()) {
            if (!carried) {
                run.flush(from);
            }
            replace(rules.maskOf(findings.get(0)).number(text), end);
        } else if (carried) {
            held.writeTo(run.out());
            run.passed(end);
        }
    }

    /** Whether the number is written with an exponent, so that it may have more digits than stand there. */
    private boolean mayBeWhole(int from, int end) {
        for (int i = from; i < end; i++) {
            if ((run.bytes()[i] | 32) == 'e') {
                return true;
            }
        }
        return false;
    }

    private String text(int end) {
        if (!carried) {
            return new String(run.bytes(), start, end - start, StandardCharsets.US_ASCII);
        }
        held.add(run.bytes(), run.start(), end);
        return new String(held.bytes(), 0, held.length(), StandardCharsets.US_ASCII);
    }

    private void replace(@Nullable String value, int end) throws IOException {
        run.out().write(value == null ? NULL : value.getBytes(StandardCharsets.UTF_8));
        run.replaced(end);
    }

    /** The chunk ends inside the value, or where a number ends. */
    void suspend(int end) throws IOException {
        if (mask == null && (literal != null || !detects)) {
            run.flush(end);
        } else if (literal == null) {
            suspendNumber(end);
        }
        carried = true;
    }

    private void suspendNumber(int end) throws IOException {
        int from = carried ? run.start() : start;
        if (mask == null && !carried) {
            run.flush(start);
        }
        boolean passes = overlong;
        overlong |= held.length() + end - from > LONGEST_NUMBER;
        if (!overlong) {
            held.add(run.bytes(), from, end);
        } else if (mask != null) {
            held.clear();
        } else {
            if (!passes) {
                held.writeTo(run.out());
                held.clear();
            }
            run.out().write(run.bytes(), from, end - from);
        }
    }
}
