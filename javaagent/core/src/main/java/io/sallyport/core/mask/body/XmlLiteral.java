package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The comment, processing instruction or CDATA section that is being read, in which nothing is escaped. Under a rule a section becomes plain text
 * and the others are emptied, since what a masked element says in a comment it says too. Not thread-safe; reusable.
 */
final class XmlLiteral {

    /** What it is, by the delimiter that ends it. */
    enum Kind {
        COMMENT("-->"),
        INSTRUCTION("?>"),
        CDATA("]]>");

        private final byte[] delimiter;

        Kind(String delimiter) {
            this.delimiter = ascii(delimiter);
        }
    }

    private static final byte[] MASKED_INSTRUCTION = ascii("masked?>");

    private final FieldMask content;
    private Kind kind = Kind.COMMENT;
    private @Nullable Mask mask;
    /** How many bytes of the delimiter have matched. */
    private int closing;

    private int masked;

    XmlLiteral(BodyRules rules, int nesting) {
        this.content = new FieldMask(rules, TextCodec.PLAIN, nesting);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    int masked() {
        return masked + content.masked();
    }

    void begin(Kind what, @Nullable Mask rule, String context) {
        kind = what;
        mask = rule;
        closing = 0;
        content.begin(rule, context);
    }

    /** Whether a reader sees it as text of the element. */
    boolean isText() {
        return kind == Kind.CDATA;
    }

    /** Whether it leaves without its delimiters. */
    boolean becomesText() {
        return isText() && mask != null;
    }

    int delimiter() {
        return kind.delimiter.length;
    }

    boolean documentBegun() {
        return content.documentBegun();
    }

    /** Whether the closing delimiter is complete with this byte. */
    boolean closes(byte b) {
        if (kind == Kind.INSTRUCTION) {
            boolean closed = closing == 1 && b == '>';
            closing = b == '?' ? 1 : 0;
            return closed;
        }
        boolean closed = closing >= 2 && b == '>';
        closing = b == kind.delimiter[0] ? closing + 1 : 0;
        return closed;
    }

    void add(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        content.add(bytes, from, to, out);
    }

    /** It is complete with its delimiter. */
    void end(OutputStream out) throws IOException {
        Mask rule = mask;
        if (rule == null) {
            content.end(kind.delimiter, out);
        } else if (isText()) {
            section(rule, out);
        } else {
            masked += content.overlong() || content.held().length() > kind.delimiter.length ? 1 : 0;
            out.write(kind == Kind.COMMENT ? kind.delimiter : MASKED_INSTRUCTION);
        }
    }

    private void section(Mask rule, OutputStream out) throws IOException {
        Held held = content.held();
        int length = Math.max(0, held.length() - kind.delimiter.length);
        if (length == 0 && !content.overlong()) {
            return;
        }
        String result =
                content.overlong() ? rule.replacement() : rule.text(TextCodec.PLAIN.decode(held.bytes(), 0, length));
        out.write(XmlCodec.INSTANCE.encode(result == null ? "" : result));
        masked++;
    }
}
