package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Multipart bodies (RFC 2046 section 5.1, RFC 7578). Each part is masked by its own media type (text where it has none); the content of
 * a form field whose name a key rule has is masked as a whole. Parts in a transfer encoding other than 7bit, 8bit and binary
 * are refused where they are text, for rules cannot look into them.
 */
final class MultipartMasker implements BodyMasker {
    private static final int LONGEST_HEADERS = 16 * 1024;

    private final BodyRules rules;
    private final Function<ContentType, @Nullable BodyMasker> masks;
    private final byte[] delimiter;
    private final Held headers = new Held();
    private boolean inHeaders;
    private boolean closed;
    private boolean any;
    /** How many bytes of the delimiter have matched; they are held back. */
    private int matched = 2;

    private @Nullable BodyMasker part;
    private @Nullable FieldMask field;
    private int masked;
    private long at;

    MultipartMasker(BodyRules rules, @Nullable String boundary, Function<ContentType, @Nullable BodyMasker> masks) {
        this.rules = rules;
        this.masks = masks;
        this.delimiter = ("\r\n--" + (boundary == null ? "" : boundary)).getBytes(StandardCharsets.ISO_8859_1);
        // The delimiter that opens the body has no line break before it: matching starts after it.
    }

    @Override
    public int masked() {
        return masked + (part == null ? 0 : part.masked());
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (delimiter.length == 4 && length > 0) {
            throw rules.refusal("a multipart body", at, "no boundary");
        }
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++, at++) {
            byte b = bytes[i];
            if (inHeaders) {
                headers.add(bytes, i, i + 1);
                start = i + 1;
                header(out);
                continue;
            }
            if (b == delimiter[matched]) {
                if (matched == 0) {
                    content(bytes, start, i, out);
                }
                matched++;
                start = i + 1;
                if (matched == delimiter.length) {
                    delimited(out);
                }
                continue;
            }
            if (matched > 0) {
                mismatch(out);
                start = i;
                if (b == delimiter[0]) {
                    matched = 1;
                    start = i + 1;
                }
            }
        }
        if (!inHeaders && matched == 0) {
            content(bytes, start, end, out);
        }
    }

    /** What looked like a delimiter was content. */
    private void mismatch(OutputStream out) throws IOException {
        int from = opening() ? 2 : 0;
        int count = matched;
        matched = 0;
        content(delimiter, from, count, out);
    }

    /** Whether the bytes matched so far stand at the very start of the body. */
    private boolean opening() {
        return !any && at == matched - 2L;
    }

    private void content(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (from >= to) {
            return;
        }
        if (field != null) {
            field.add(bytes, from, to, out);
        } else if (part != null) {
            part.update(bytes, from, to - from, out);
        } else {
            out.write(bytes, from, to - from);
        }
    }

    private void delimited(OutputStream out) throws IOException {
        boolean first = !any && at == delimiter.length - 3L;
        partEnded(out);
        out.write(delimiter, first ? 2 : 0, delimiter.length - (first ? 2 : 0));
        any = true;
        matched = 0;
        inHeaders = true;
        headers.clear();
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

    /** A byte after a delimiter: two hyphens close the body, a blank line ends the part's headers. */
    private void header(OutputStream out) throws IOException {
        byte[] raw = headers.bytes();
        int length = headers.length();
        if (length == 2 && raw[0] == '-' && raw[1] == '-') {
            closed = true;
            inHeaders = false;
            headers.writeTo(out);
            return;
        }
        boolean blank = length >= 4
                && raw[length - 4] == '\r'
                && raw[length - 3] == '\n'
                && raw[length - 2] == '\r'
                && raw[length - 1] == '\n';
        if (blank) {
            inHeaders = false;
            headers.writeTo(out);
            begin(new String(raw, 0, length, StandardCharsets.UTF_8));
        } else if (length > LONGEST_HEADERS) {
            throw rules.refusal(
                    "a multipart body", at, "a part's headers are longer than " + LONGEST_HEADERS + " bytes");
        }
    }

    private void begin(String head) throws IOException {
        String type = header(head, "content-type");
        String disposition = header(head, "content-disposition");
        String encoding = header(head, "content-transfer-encoding");
        ContentType parsed = ContentType.parse(type == null ? "text/plain" : type);
        String name = ContentType.parse(disposition).parameters().get("name");
        Mask mask = name == null ? null : rules.key(name);
        if (mask != null) {
            field = new FieldMask(rules, TextCodec.PLAIN);
            field.begin(mask, name == null ? "" : name);
            return;
        }
        part = masks.apply(parsed);
        boolean plain =
                encoding == null || encoding.equals("7bit") || encoding.equals("8bit") || encoding.equals("binary");
        if (part != null && !plain) {
            throw rules.refusal("a multipart body", at, "a part in another transfer encoding");
        }
    }

    private static @Nullable String header(String head, String name) {
        for (String line : head.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(name)) {
                String value = line.substring(colon + 1).strip();
                return name.endsWith("encoding") ? value.toLowerCase(Locale.ROOT) : value;
            }
        }
        return null;
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (at == 0) {
            return;
        }
        if (!closed) {
            throw rules.refusal("a multipart body", at, "it ends too early");
        }
        if (matched > 0) {
            mismatch(out);
        }
    }
}
