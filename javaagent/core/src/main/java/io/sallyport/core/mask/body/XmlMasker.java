package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * XML 1.0 in UTF-8. Text, CDATA sections and attribute values are masked; under a rule every leaf is: the text and the attributes of the
 * element and of all below it, and comments and processing instructions there are emptied. White space between elements stays.
 *
 * <p>A document type with an internal subset is refused, for its entities could carry what a rule must mask.
 */
final class XmlMasker implements BodyMasker {
    private static final int TEXT = 0;
    private static final int MARKUP = 1;
    private static final int TAG = 2;
    private static final int COMMENT = 3;
    private static final int INSTRUCTION = 4;
    private static final int CDATA = 5;
    private static final int DOCTYPE = 6;

    private static final int LONGEST_TAG = 1024 * 1024;
    private static final int CDATA_CLOSE = 3;
    private static final String BROKEN_UP = "a value that comments or CDATA sections break up";
    private static final byte[] COMMENT_OPEN = ascii("<!--");
    private static final byte[] CDATA_OPEN = ascii("<![CDATA[");
    private static final byte[] DOCTYPE_OPEN = ascii("<!DOCTYPE");

    private final BodyRules rules;
    private final XmlPosition position;
    private final FieldMask text;
    private final FieldMask literal;
    private final XmlTags tags;
    private final XmlSeam seam;
    private final Held markup = new Held();
    private final Utf8Check utf8 = new Utf8Check();
    private int state = TEXT;
    private boolean inText;
    private byte quote;
    private boolean rootSeen;
    /** How many bytes of the closing delimiter have matched. */
    private int closing;

    private long at;
    private int masked;

    XmlMasker(BodyRules rules) {
        this.rules = rules;
        this.position = new XmlPosition(rules);
        this.text = new FieldMask(rules, XmlCodec.INSTANCE);
        this.literal = new FieldMask(rules, TextCodec.PLAIN);
        this.tags = new XmlTags(rules, position);
        this.seam = new XmlSeam(rules);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int masked() {
        return masked + text.masked() + literal.masked() + tags.masked();
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int end = offset + length;
        int start = offset;
        for (int i = offset; i < end; i++, at++) {
            byte b = bytes[i];
            if (b < 0 || utf8.open()) {
                expect(utf8.accept(b), "invalid UTF-8");
            }
            switch (state) {
                case TEXT -> {
                    if (b == '<') {
                        characters(bytes, start, i, out);
                        endText(out);
                        markup.clear();
                        state = MARKUP;
                        start = i;
                    }
                }
                case MARKUP -> {
                    markup.add(bytes, start, i + 1);
                    start = i + 1;
                    markup(b, out);
                }
                case TAG -> {
                    if (quote != 0) {
                        quote = b == quote ? 0 : quote;
                    } else if (b == '"' || b == '\'') {
                        quote = b;
                    } else if (b == '>') {
                        markup.add(bytes, start, i + 1);
                        start = i + 1;
                        tag(out);
                        state = TEXT;
                    }
                }
                case DOCTYPE -> {
                    expect(b != '[', "a document type with an internal subset");
                    if (quote != 0) {
                        quote = b == quote ? 0 : quote;
                    } else if (b == '"' || b == '\'') {
                        quote = b;
                    } else if (b == '>') {
                        markup.add(bytes, start, i + 1);
                        start = i + 1;
                        markup.writeTo(out);
                        state = TEXT;
                    }
                }
                default -> {
                    if (closes(b)) {
                        literal(bytes, start, i + 1, out);
                        start = i + 1;
                        endLiteral(out);
                        state = TEXT;
                    }
                }
            }
        }
        rest(bytes, start, end, out);
    }

    private void rest(byte[] bytes, int start, int end, OutputStream out) throws IOException {
        switch (state) {
            case TEXT -> characters(bytes, start, end, out);
            case COMMENT, INSTRUCTION, CDATA -> literal(bytes, start, end, out);
            default -> {
                markup.add(bytes, start, end);
                expect(markup.length() <= LONGEST_TAG, "a tag longer than " + LONGEST_TAG + " bytes");
            }
        }
    }

    private void characters(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (from == to) {
            return;
        }
        if (position.depth() == 0) {
            for (int i = from; i < to; i++) {
                boolean mark = !rootSeen && bytes[i] < 0;
                expect(XmlTag.isSpace(bytes[i]) || mark, "text outside the root element");
            }
            out.write(bytes, from, to - from);
            return;
        }
        if (!inText) {
            text.begin(position.mask(), position.context());
            seam.begin(XmlCodec.INSTANCE, position.context());
            inText = true;
        }
        expect(!searched() || !seam.add(bytes, from, to), BROKEN_UP);
        text.add(bytes, from, to, out);
    }

    private void endText(OutputStream out) throws IOException {
        if (!inText) {
            return;
        }
        inText = false;
        expect(!searched() || !seam.end(), BROKEN_UP);
        Held held = text.held();
        if (position.mask() != null
                && !text.overlong()
                && XmlTag.skipSpace(held.bytes(), 0, held.length()) == held.length()) {
            held.writeTo(out);
        } else {
            text.end(out);
        }
    }

    /** The bytes after {@code <} decide what begins. */
    private void markup(byte b, OutputStream out) throws IOException {
        int length = markup.length();
        byte[] raw = markup.bytes();
        if (length == 1) {
            return;
        } else if (raw[1] == '?') {
            begin(INSTRUCTION, out);
        } else if (raw[1] != '!') {
            expect(b == '/' || XmlTag.endOfName(raw, 1, length) == length, "a stray <");
            state = TAG;
            quote = 0;
        } else if (startsLike(raw, length, COMMENT_OPEN)) {
            if (length == COMMENT_OPEN.length) {
                begin(COMMENT, out);
            }
        } else if (startsLike(raw, length, CDATA_OPEN)) {
            expect(position.depth() > 0, "text outside the root element");
            if (length == CDATA_OPEN.length) {
                begin(CDATA, out);
            }
        } else {
            expect(startsLike(raw, length, DOCTYPE_OPEN) && !rootSeen, "unknown markup");
            if (length == DOCTYPE_OPEN.length) {
                state = DOCTYPE;
                quote = 0;
            }
        }
    }

    private static boolean startsLike(byte[] raw, int length, byte[] open) {
        return length <= open.length && java.util.Arrays.equals(raw, 0, length, open, 0, length);
    }

    private void begin(int what, OutputStream out) throws IOException {
        Mask mask = position.mask();
        if (mask == null || what != CDATA) {
            markup.writeTo(out);
        }
        closing = 0;
        state = what;
        literal.begin(mask, position.context());
        if (what == CDATA) {
            seam.begin(TextCodec.PLAIN, position.context());
        }
    }

    /** Whether only detectors govern the open element's text. */
    private boolean searched() {
        return rules.detects() && position.mask() == null;
    }

    private void literal(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        expect(state != CDATA || !searched() || !seam.add(bytes, from, to), BROKEN_UP);
        literal.add(bytes, from, to, out);
    }

    /** Whether the closing delimiter ({@code -->}, {@code ?>}, {@code ]]>}) is complete with this byte. */
    private boolean closes(byte b) {
        if (state == INSTRUCTION) {
            boolean closed = closing == 1 && b == '>';
            closing = b == '?' ? 1 : 0;
            return closed;
        }
        byte mark = (byte) (state == COMMENT ? '-' : ']');
        boolean closed = closing >= 2 && b == '>';
        closing = b == mark ? closing + 1 : 0;
        return closed;
    }

    /** The held bytes end with the delimiter, which is no part of the content. */
    private void endLiteral(OutputStream out) throws IOException {
        if (position.mask() == null) {
            expect(state != CDATA || !searched() || !seam.endSection(CDATA_CLOSE), BROKEN_UP);
            literal.end(out);
            return;
        }
        if (state == CDATA) {
            maskedSection(out);
        } else {
            // What a masked element says in a comment says it too.
            int close = state == COMMENT ? 3 : 2;
            masked += literal.overlong() || literal.held().length() > close ? 1 : 0;
            out.write(state == COMMENT ? ascii("-->") : ascii("masked?>"));
        }
    }

    /** A CDATA section under a rule becomes plain text. */
    private void maskedSection(OutputStream out) throws IOException {
        Mask mask = position.mask();
        Held held = literal.held();
        int length = Math.max(0, held.length() - CDATA_CLOSE);
        if (mask == null || (length == 0 && !literal.overlong())) {
            return;
        }
        String result =
                literal.overlong() ? mask.replacement() : mask.text(TextCodec.PLAIN.decode(held.bytes(), 0, length));
        out.write(XmlCodec.INSTANCE.encode(result == null ? "" : result));
        masked++;
    }

    private void tag(OutputStream out) throws IOException {
        expect(markup.length() <= LONGEST_TAG, "a tag longer than " + LONGEST_TAG + " bytes");
        expect(markup.bytes()[1] == '/' || position.depth() > 0 || !rootSeen, "a second root element");
        String problem = tags.write(markup.bytes(), markup.length(), out);
        if (problem != null) {
            throw refusal(problem);
        }
        rootSeen = true;
        seam.reset();
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        expect(!utf8.open() && state == TEXT && position.depth() == 0 && (rootSeen || at == 0), "it ends too early");
    }

    private void expect(boolean holds, String otherwise) throws BodyRefusedException {
        if (!holds) {
            throw refusal(otherwise);
        }
    }

    private BodyRefusedException refusal(String cause) {
        return rules.refusal("XML", at, cause);
    }
}
