package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One text value of a flat format (a form field, a CSV field, a run of XML text) as its bytes come: passed, masked by a rule, or
 * searched by the detectors. Not thread-safe; reusable.
 */
final class FieldMask {
    /** Longer masked values are replaced as a whole, longer names refused. */
    static final int LONGEST = 64 * 1024;

    private static final byte[] NO_DELIMITER = {};

    private final BodyRules rules;
    private final TextCodec codec;
    private final DetectWindow window;
    private final HeldDocument document;
    private final Held held = new Held();
    private @Nullable Mask mask;
    private boolean overlong;
    private int masked;

    FieldMask(BodyRules rules, TextCodec codec) {
        this(rules, codec, 0);
    }

    /** @param nesting how many documents the value is in */
    FieldMask(BodyRules rules, TextCodec codec, int nesting) {
        this.rules = rules;
        this.codec = codec;
        this.window = new DetectWindow(rules, codec);
        this.document = new HeldDocument(rules, codec, nesting);
    }

    int masked() {
        return masked;
    }

    void begin(@Nullable Mask rule, String context) {
        mask = rule;
        overlong = false;
        held.clear();
        window.begin(context);
        document.begin(rule != null);
    }

    void add(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (mask != null) {
            overlong |= held.length() + to - from > LONGEST;
            if (!overlong) {
                held.add(bytes, from, to);
            }
        } else if (!document.take(bytes, from, to)) {
            textHeld(out);
            text(bytes, from, to, out);
        }
    }

    private void text(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (rules.detects()) {
            window.add(bytes, from, to, out);
        } else {
            out.write(bytes, from, to - from);
        }
    }

    /** What was held while it could be a document is text. */
    private void textHeld(OutputStream out) throws IOException {
        Held before = document.held();
        text(before.bytes(), 0, before.length(), out);
        before.clear();
    }

    /** The value ended: writes what is left, and nothing for NULL. */
    void end(OutputStream out) throws IOException {
        end(NO_DELIMITER, out);
    }

    /** Likewise, where the last bytes that were added are a delimiter and not the value's. */
    void end(byte[] delimiter, OutputStream out) throws IOException {
        Mask rule = mask;
        if (rule != null) {
            byte[] result = maskedValue(rule);
            if (result != null) {
                out.write(result);
            }
            return;
        }
        document.held().dropLast(Math.min(delimiter.length, document.held().length()));
        byte[] content = document.end();
        if (content != null) {
            masked++;
            text(content, 0, content.length, out);
            text(delimiter, 0, delimiter.length, out);
        } else if (document.held().length() > 0) {
            textHeld(out);
            text(delimiter, 0, delimiter.length, out);
        }
        if (rules.detects()) {
            masked += window.end(out) && content == null ? 1 : 0;
        }
    }

    /** Whether the value so far begins as a JSON document does. */
    boolean documentBegun() {
        return document.begun();
    }

    private byte @Nullable [] maskedValue(Mask rule) {
        String result = overlong ? rule.replacement() : rule.text(codec.decode(held.bytes(), 0, held.length()));
        masked += overlong || held.length() > 0 ? 1 : 0;
        held.clear();
        return result == null ? null : codec.encode(result);
    }

    /** What is held of a masked value, so that white space can be told from content. */
    Held held() {
        return held;
    }

    boolean overlong() {
        return overlong;
    }
}
