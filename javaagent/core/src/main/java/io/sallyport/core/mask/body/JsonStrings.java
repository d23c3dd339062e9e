package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The string value that is being read. Until it is decided its bytes are held back; then it leaves as it came, or what a rule puts in its
 * place. What happens does not depend on how the body was cut in chunks. Not thread-safe.
 */
final class JsonStrings {
    private final BodyRules rules;
    private final boolean detects;
    private final ChunkRun run;
    private final DetectWindow window;
    private final HeldDocument document;
    private final Held held = new Held();

    private @Nullable Mask mask;
    private String context = "";
    /** Start of its content in this chunk. */
    private int start;
    /** The string began in an earlier chunk. */
    private boolean carried;

    private boolean overlong;
    /** The window has begun. */
    private boolean searching;

    JsonStrings(BodyRules rules, ChunkRun run, int nesting) {
        this.rules = rules;
        this.detects = rules.detects();
        this.run = run;
        this.window = new DetectWindow(rules, JsonCodec.INSTANCE);
        this.document = new HeldDocument(rules, JsonCodec.INSTANCE, nesting);
    }

    /** Its content begins after the quote. */
    void begin(@Nullable Mask rule, String contextName, int at) throws IOException {
        if (rule != null) {
            run.flush(at - 1);
        }
        mask = rule;
        context = contextName;
        start = at;
        carried = false;
        overlong = false;
        searching = false;
        held.clear();
        document.begin(rule != null);
    }

    /** It ends before the quote at {@code close}. */
    void end(int close) throws IOException {
        if (mask != null) {
            mask(mask, close);
        } else if (carried) {
            endCarried(close);
        } else {
            byte[] masked =
                    document.isText(run.bytes(), start, close) ? null : document.mask(run.bytes(), start, close);
            if (masked != null) {
                run.flush(start);
                replace(masked, close);
            } else if (detects) {
                search(close);
            }
        }
    }

    private void mask(Mask rule, int close) throws IOException {
        int from = carried ? run.start() : start;
        boolean empty = !overlong && held.length() + close - from == 0;
        String result;
        if (overlong || held.length() + close - from > FieldMask.LONGEST) {
            result = rule.replacement();
        } else if (carried) {
            held.add(run.bytes(), from, close);
            result = rule.text(JsonCodec.INSTANCE.decode(held.bytes(), 0, held.length()));
        } else {
            result = rule.text(JsonCodec.INSTANCE.decode(run.bytes(), from, close));
        }
        if (result == null) {
            run.out().write(JsonScalars.NULL);
        } else {
            run.out().write('"');
            run.out().write(JsonCodec.INSTANCE.encode(result));
            run.out().write('"');
        }
        if (empty) {
            run.passed(close + 1);
        } else {
            run.replaced(close + 1);
        }
        held.clear();
    }

    private void endCarried(int close) throws IOException {
        if (document.take(run.bytes(), run.start(), close)) {
            byte[] masked = document.end();
            if (masked != null) {
                replace(masked, close);
                return;
            }
            text(close, close);
            run.passed(close);
        } else {
            text(run.start(), close);
        }
        if (detects) {
            endSearch(close);
        }
    }

    /** What stands in place of a document is looked at as any other text. */
    private void replace(byte[] content, int close) throws IOException {
        if (detects) {
            window.begin(context);
            window.add(content, 0, content.length, run.out());
            window.end(run.out());
        } else {
            run.out().write(content);
        }
        run.replaced(close);
    }

    private void search(int close) throws IOException {
        byte[] input = run.bytes();
        if (close - start > DetectWindow.WINDOW) {
            text(start, close);
            endSearch(close);
        } else if (rules.mayFind(input, start, close)) {
            List<Finding> findings = window.find(input, start, close, context);
            if (!findings.isEmpty()) {
                run.flush(start);
                window.writeMasked(input, start, close, findings, run.out());
                run.replaced(close);
            }
        }
    }

    private void endSearch(int close) throws IOException {
        if (window.end(run.out())) {
            run.replaced(close);
        } else {
            run.passed(close);
        }
    }

    /** A piece of a string that is no document, after what was held of it while it could be one. */
    private void text(int from, int to) throws IOException {
        Held before = document.held();
        if (!detects) {
            before.writeTo(run.out());
        } else {
            if (!searching) {
                searching = true;
                if (!carried) {
                    run.flush(from);
                }
                window.begin(context);
                window.add(before.bytes(), 0, before.length(), run.out());
            }
            window.add(run.bytes(), from, to, run.out());
        }
        before.clear();
    }

    /** The chunk ends inside it. */
    void suspend(int end) throws IOException {
        int from = carried ? run.start() : start;
        if (mask != null) {
            hold(from, end);
        } else {
            if (!carried) {
                run.flush(start);
            }
            if (!document.take(run.bytes(), from, end)) {
                text(from, end);
                if (!detects) {
                    run.flush(end);
                }
            }
        }
        carried = true;
    }

    private void hold(int from, int end) {
        overlong |= held.length() + end - from > FieldMask.LONGEST;
        if (overlong) {
            held.clear();
        } else {
            held.add(run.bytes(), from, end);
        }
    }
}
