package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Multipart bodies (RFC 2046 section 5.1, RFC 7578; lines may also end with a line feed alone, as many readers take them). Each part is
 * masked by its own media type (text where it has none); the content of a form field whose name a key rule has is masked as a
 * whole. Detectors look at part headers too; what stands before and behind the parts is text. Parts in an encoding are refused where they are
 * text, for rules cannot look into them, and so are pieces of documents (byte ranges) and a body that does not begin with a part. What is
 * compressed as what it is gets its mask within.
 */
final class MultipartMasker implements BodyMasker {
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final int LONGEST_PREAMBLE = 4 * 1024;

    /** What names no type, and what stands before and behind the parts. */
    private static final ContentType TEXT = ContentType.parse("text/plain");

    private static final int CONTENT = 0;
    /** After a line break that may belong to a delimiter: {@link #line} holds it and what follows. */
    private static final int LINE_START = 1;
    /** After the boundary, where white space or two hyphens may stand. */
    private static final int TAIL = 2;

    private static final int HEADERS = 3;

    private final BodyRules rules;
    private final Function<ContentType, @Nullable BodyMasker> masks;
    private final byte[] dashBoundary;
    private final Held line = new Held();
    private final Held headers = new Held();
    private final Held preamble = new Held();
    private int state = LINE_START;
    private int matched;
    private boolean any;
    private boolean closed;
    private int lineLength;
    private @Nullable BodyMasker part;
    private @Nullable FieldMask field;
    private int masked;
    private long at;

    MultipartMasker(BodyRules rules, @Nullable String boundary, Function<ContentType, @Nullable BodyMasker> masks) {
        this.rules = rules;
        this.masks = masks;
        this.dashBoundary = ("--" + (boundary == null ? "" : boundary)).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int masked() {
        return masked + (part == null ? 0 : part.masked());
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (dashBoundary.length == 2 && length > 0) {
            throw refusal("no boundary");
        }
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++, at++) {
            byte b = bytes[i];
            int before = state;
            switch (state) {
                case HEADERS -> header(b, out);
                case TAIL -> tail(b, out);
                case LINE_START -> lineStart(b, out);
                default -> {
                    if (b == '\r' || b == '\n') {
                        content(bytes, start, i, out);
                        beginLine(b);
                    }
                }
            }
            if (before != CONTENT || state != CONTENT) {
                start = i + 1;
            }
        }
        if (state == CONTENT) {
            content(bytes, start, end, out);
        }
    }

    private void beginLine(byte b) {
        line.clear();
        line.add(b);
        state = LINE_START;
        matched = b == '\r' ? -1 : 0;
    }

    /** {@code matched} is -1 after a carriage return alone. */
    private void lineStart(byte b, OutputStream out) throws IOException {
        if (matched < 0 && b == '\n') {
            line.add(b);
            matched = 0;
        } else if (matched >= 0 && b == dashBoundary[matched]) {
            line.add(b);
            if (++matched == dashBoundary.length) {
                state = TAIL;
                lineLength = line.length();
            }
        } else {
            noDelimiter(b, out);
        }
    }

    /** What looked like a delimiter was content, and so is {@code b} if it starts no other line. */
    private void noDelimiter(byte b, OutputStream out) throws IOException {
        content(line.bytes(), 0, line.length(), out);
        if (b == '\r' || b == '\n') {
            beginLine(b);
            return;
        }
        line.clear();
        line.add(b);
        content(line.bytes(), 0, 1, out);
        line.clear();
        state = CONTENT;
    }

    private void tail(byte b, OutputStream out) throws IOException {
        int hyphens = line.length() > lineLength && line.bytes()[lineLength] == '-' ? 1 : 0;
        if (b == '-' && line.length() == lineLength) {
            line.add(b);
        } else if (hyphens == 1 && line.length() == lineLength + 1) {
            if (b != '-') {
                noDelimiter(b, out);
                return;
            }
            line.add(b);
            delimited(out);
            closed = true;
            state = CONTENT;
            part = masks.apply(TEXT);
        } else if (b == '\n') {
            line.add(b);
            delimited(out);
            state = HEADERS;
            closed = false;
            headers.clear();
            lineLength = 0;
        } else if (b == ' ' || b == '\t' || b == '\r') {
            line.add(b);
            if (line.length() > LONGEST_HEADERS) {
                throw refusal("white space without end after a boundary");
            }
        } else {
            noDelimiter(b, out);
        }
    }

    /** A delimiter is complete: ends the part before it, and leaves as it came. */
    private void delimited(OutputStream out) throws IOException {
        if (!any && preamble.length() > 0) {
            part = masks.apply(TEXT);
            any = true;
            content(preamble.bytes(), 0, preamble.length(), out);
            preamble.clear();
        }
        partEnded(out);
        line.writeTo(out);
        line.clear();
        any = true;
    }

    private void partEnded(OutputStream out) throws IOException {
        if (field != null) {
            field.end(out);
            masked += field.masked();
            field = null;
        } else if (part != null) {
            part.finish(out);
            masked += part.masked();
            part = null;
        }
    }

    private void content(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (from >= to) {
            return;
        }
        if (!any) {
            preamble.add(bytes, from, to);
            if (preamble.length() > LONGEST_PREAMBLE) {
                throw refusal("it does not begin with its boundary");
            }
        } else if (field != null) {
            field.add(bytes, from, to, out);
        } else if (part != null) {
            part.update(bytes, from, to - from, out);
        } else {
            out.write(bytes, from, to - from);
        }
    }

    /** A blank line ends the part's headers. */
    private void header(byte b, OutputStream out) throws IOException {
        headers.add(b);
        if (b == '\n') {
            if (lineLength == 0) {
                masked += rules.writeText(headers, out);
                begin(new String(headers.bytes(), 0, headers.length(), StandardCharsets.UTF_8));
                headers.clear();
                // The delimiter may follow at once: the blank line is its line break.
                state = LINE_START;
                line.clear();
                matched = 0;
            }
            lineLength = 0;
        } else if (b != '\r') {
            lineLength++;
        }
        if (headers.length() > LONGEST_HEADERS) {
            throw refusal("a part's headers are longer than " + LONGEST_HEADERS + " bytes");
        }
    }

    private void begin(String text) throws IOException {
        PartHeaders head = PartHeaders.parse(text, TEXT);
        Mask mask = null;
        for (String name : head.names()) {
            mask = Mask.first(mask, rules.fieldKey(name));
        }
        if (mask != null) {
            field = new FieldMask(rules, TextCodec.PLAIN);
            field.begin(mask, head.names().get(0));
            return;
        }
        part = masks.apply(head.type());
        if (part != null && head.isEncoded()) {
            throw refusal("a part in another encoding");
        } else if (part != null && head.isAmbiguous()) {
            throw refusal("contradicting headers of a part");
        } else if (part != null && head.isRange()) {
            throw refusal("a piece of a document");
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (at == 0) {
            return;
        }
        if (!closed) {
            throw refusal("it ends too early");
        }
        content(line.bytes(), 0, line.length(), out);
        partEnded(out);
    }

    private BodyRefusedException refusal(String cause) {
        return rules.refusal("a multipart body", at, cause);
    }
}
