package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages in a body: those of HTTP ({@code application/http}, RFC 9112 section 10, one after the other; OData sends one in each part of a batch) and
 * mail ({@code message/rfc822}). Detectors look at the headers, and the body is masked by the type that they name; a length that they tell is
 * that of the masked body. A body in an encoding that hides it is refused where rules would look into it.
 */
final class MessageMasker implements BodyMasker {
    private static final int LONGEST_HEAD = 16 * 1024;
    /** A body that is told its length waits for its end up to this size. */
    private static final int LONGEST_HELD = 1024 * 1024;

    private static final Pattern START = Pattern.compile("HTTP/[0-9].*|[A-Za-z]+ \\S+ HTTP/[0-9].*");
    private static final Pattern BODILESS = Pattern.compile("HTTP/\\S+ +(?:1[0-9][0-9]|204|304)(?: .*)?");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:.*|[ \t].*");
    private static final Pattern LENGTH = Pattern.compile("(?im)^(content-length[ \t]*:[ \t]*)[0-9]+");

    private final BodyRules rules;
    private final boolean http;
    private final Function<ContentType, @Nullable BodyMasker> masks;
    private final Held head = new Held();
    private boolean inBody;
    private int lineLength;
    private @Nullable BodyMasker body;
    /** The masked body, while its length may still be corrected. */
    private @Nullable ByteArrayOutputStream held;

    private long left;
    private long came;
    private long written;
    private long length;
    private int masked;
    private long at;

    MessageMasker(BodyRules rules, boolean http, Function<ContentType, @Nullable BodyMasker> masks) {
        this.rules = rules;
        this.http = http;
        this.masks = masks;
    }

    @Override
    public int masked() {
        return masked + (body == null ? 0 : body.masked());
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int i = offset;
        int end = offset + length;
        while (i < end) {
            if (inBody) {
                int part = (int) Math.min(left, end - i);
                body(bytes, i, part, out);
                i += part;
                at += part;
                if (left == 0) {
                    bodyEnded(out);
                }
            } else {
                header(bytes[i++], out);
                at++;
            }
        }
    }

    private void header(byte b, OutputStream out) throws IOException {
        head.add(b);
        if (head.length() > LONGEST_HEAD) {
            throw refusal("headers are longer than " + LONGEST_HEAD + " bytes");
        }
        if (b == '\n') {
            if (lineLength == 0 && isBlank()) {
                // Before a start line: of the message before it (RFC 9112 section 2.2).
                head.writeTo(out);
                head.clear();
            } else if (lineLength == 0) {
                begin(out);
            }
            lineLength = 0;
        } else if (b != '\r') {
            lineLength++;
        }
    }

    private boolean isBlank() {
        for (int i = 0; i < head.length(); i++) {
            if (head.bytes()[i] != '\r' && head.bytes()[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private void begin(OutputStream out) throws IOException {
        String text = checked();
        PartHeaders headers = PartHeaders.parse(text, ContentType.parse(http ? null : "text/plain"));
        boolean none = http && BODILESS.matcher(firstLine(text)).matches();
        length = http ? none ? 0 : headers.length() : -1;
        left = length < 0 ? Long.MAX_VALUE : length;
        came = 0;
        written = 0;
        body = none ? null : masks.apply(headers.type());
        if (body != null && (headers.isEncoded() || headers.isAmbiguous())) {
            throw refusal(headers.isEncoded() ? "a body in an encoding" : "contradicting headers");
        }
        held = body != null && length > 0 ? new ByteArrayOutputStream() : null;
        if (held == null) {
            masked += rules.writeText(head, out);
            head.clear();
        }
        inBody = true;
        if (left == 0) {
            bodyEnded(out);
        }
    }

    /** The head as text, if it is one. */
    private String checked() throws IOException {
        String text = new String(head.bytes(), 0, head.length(), StandardCharsets.UTF_8);
        String[] lines = text.split("\r?\n|\r$");
        for (int i = 0; i < lines.length; i++) {
            if (!(i == 0 && http ? START : HEADER).matcher(lines[i]).matches()) {
                throw refusal("a line that is no header");
            }
        }
        return text;
    }

    private static String firstLine(String text) {
        return text.split("\r?\n", 2)[0];
    }

    private void body(byte[] bytes, int offset, int count, OutputStream out) throws IOException {
        left -= left == Long.MAX_VALUE ? 0 : count;
        came += count;
        BodyMasker masker = body;
        if (masker == null) {
            out.write(bytes, offset, count);
            return;
        }
        masker.update(bytes, offset, count, into(out));
        ByteArrayOutputStream whole = held;
        if (whole != null && whole.size() > LONGEST_HELD) {
            masked += rules.writeText(head, out);
            head.clear();
            written = whole.size();
            held = null;
            whole.writeTo(out);
        }
    }

    private OutputStream into(OutputStream out) {
        return held != null ? held : length < 0 ? out : new Counted(out);
    }

    private void bodyEnded(OutputStream out) throws IOException {
        BodyMasker masker = body;
        if (masker != null) {
            masker.finish(into(out));
            masked += masker.masked();
            body = null;
        }
        ByteArrayOutputStream whole = held;
        held = null;
        if (whole != null) {
            head(whole.size(), out);
            whole.writeTo(out);
        } else if (masker != null && length >= 0 && written != came) {
            throw refusal("its length is told before more than " + LONGEST_HELD + " bytes that a mask makes others");
        }
        head.clear();
        inBody = false;
        lineLength = 0;
    }

    /** The head with the length of the masked body. */
    private void head(long size, OutputStream out) throws IOException {
        if (size != came) {
            String text = new String(head.bytes(), 0, head.length(), StandardCharsets.ISO_8859_1);
            byte[] corrected = LENGTH.matcher(text).replaceAll("$1" + size).getBytes(StandardCharsets.ISO_8859_1);
            head.clear();
            head.add(corrected, 0, corrected.length);
        }
        masked += rules.writeText(head, out);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (inBody) {
            bodyEnded(out);
        } else if (head.length() > 0) {
            // Headers alone, or what is left of a line break.
            if (!isBlank()) {
                checked();
            }
            masked += rules.writeText(head, out);
            head.clear();
        }
    }

    private BodyRefusedException refusal(String cause) {
        return rules.refusal(http ? "an HTTP message" : "a message", at, cause);
    }

    /** Counts the bytes of a body whose length was told. */
    private final class Counted extends OutputStream {
        private final OutputStream out;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            written += count;
        }
    }
}
