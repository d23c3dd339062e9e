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
    private final BodyRules rules;
    private final TextCodec codec;
    private final DetectWindow window;
    private final Held held = new Held();
    private @Nullable Mask mask;
    private boolean overlong;
    private int masked;

    FieldMask(BodyRules rules, TextCodec codec) {
        this.rules = rules;
        this.codec = codec;
        this.window = new DetectWindow(rules, codec);
    }

    int masked() {
        return masked;
    }

    void begin(@Nullable Mask rule, String context) {
        mask = rule;
        overlong = false;
        held.clear();
        window.begin(context);
    }

    void add(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (mask != null) {
            overlong |= held.length() + to - from > JsonToken.LONGEST;
            if (!overlong) {
                held.add(bytes, from, to);
            }
        } else if (rules.detects()) {
            window.add(bytes, from, to, out);
        } else {
            out.write(bytes, from, to - from);
        }
    }

    /** The value ended: writes what is left, and nothing for NULL. */
    void end(OutputStream out) throws IOException {
        Mask rule = mask;
        if (rule != null) {
            byte[] result = maskedValue(rule);
            if (result != null) {
                out.write(result);
            }
        } else if (rules.detects()) {
            masked += window.end(out) ? 1 : 0;
        }
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
