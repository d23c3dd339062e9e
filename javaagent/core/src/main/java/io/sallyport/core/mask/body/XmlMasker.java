package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;

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
    private static final int LITERAL = 3;
    private static final int DOCTYPE = 4;

    private static final int LONGEST_TAG = 1024 * 1024;
    private static final String BROKEN_UP = "a value that markup breaks up";
    private static final byte[] COMMENT_OPEN = XmlLiteral.ascii("<!--");
    private static final byte[] CDATA_OPEN = XmlLiteral.ascii("<![CDATA[");
    private static final byte[] DOCTYPE_OPEN = XmlLiteral.ascii("<!DOCTYPE");

    private final BodyRules rules;
    private final XmlPosition position;
    private final FieldMask text;
    private final XmlLiteral literal;
    private final XmlTags tags;
    private final XmlSeam seam;
    private final Held markup = new Held();
    private final Utf8Check utf8 = new Utf8Check();
    private int state = TEXT;
    private boolean inText;
    private byte quote;
    private boolean rootSeen;
    /** The last piece of text since a tag begins a JSON document. */
    private boolean documentBegun;

    private long at;

    XmlMasker(BodyRules rules) {
        this(rules, 0);
    }

    /** @param nesting how many documents this one is in */
    XmlMasker(BodyRules rules, int nesting) {
        this.rules = rules;
        this.position = new XmlPosition(rules);
        this.text = new FieldMask(rules, XmlCodec.INSTANCE, nesting);
        this.literal = new XmlLiteral(rules, nesting);
        this.tags = new XmlTags(rules, position, nesting);
        this.seam = new XmlSeam(rules);
    }

    @Override
    public int masked() {
        return text.masked() + literal.masked() + tags.masked();
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
                    if (literal.closes(b)) {
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
            case LITERAL -> literal(bytes, start, end, out);
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
        expectWhole(bytes, from, to);
        text.add(bytes, from, to, out);
    }

    private void endText(OutputStream out) throws IOException {
        if (!inText) {
            return;
        }
        inText = false;
        expect(!searched() || !seam.end(), BROKEN_UP);
        documentBegun |= text.documentBegun();
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
            begin(XmlLiteral.Kind.INSTRUCTION, out);
        } else if (raw[1] != '!') {
            expect(b == '/' || XmlTag.endOfName(raw, 1, length) == length, "a stray <");
            state = TAG;
            quote = 0;
        } else if (startsLike(raw, length, COMMENT_OPEN)) {
            if (length == COMMENT_OPEN.length) {
                begin(XmlLiteral.Kind.COMMENT, out);
            }
        } else if (startsLike(raw, length, CDATA_OPEN)) {
            expect(position.depth() > 0, "text outside the root element");
            if (length == CDATA_OPEN.length) {
                begin(XmlLiteral.Kind.CDATA, out);
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

    private void begin(XmlLiteral.Kind kind, OutputStream out) throws IOException {
        state = LITERAL;
        literal.begin(kind, position.mask(), position.context());
        if (!literal.becomesText()) {
            markup.writeTo(out);
        }
        if (kind == XmlLiteral.Kind.CDATA) {
            seam.begin(TextCodec.PLAIN, position.context());
        }
    }

    /** Whether only detectors govern the open element's text. */
    private boolean searched() {
        return rules.detects() && position.mask() == null;
    }

    private void literal(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (literal.isText()) {
            expect(!searched() || !seam.add(bytes, from, to), BROKEN_UP);
            expectWhole(bytes, from, to);
        }
        literal.add(bytes, from, to, out);
    }

    private void endLiteral(OutputStream out) throws IOException {
        if (literal.isText()) {
            expect(!searched() || !seam.endSection(literal.delimiter()), BROKEN_UP);
            documentBegun |= literal.documentBegun();
        }
        literal.end(out);
    }

    /** A JSON document in several pieces of text is not read. */
    private void expectWhole(byte[] bytes, int from, int to) throws BodyRefusedException {
        if (documentBegun) {
            expect(XmlTag.skipSpace(bytes, from, to) == to, BROKEN_UP);
        }
    }

    private void tag(OutputStream out) throws IOException {
        expect(markup.length() <= LONGEST_TAG, "a tag longer than " + LONGEST_TAG + " bytes");
        expect(markup.bytes()[1] == '/' || position.depth() > 0 || !rootSeen, "a second root element");
        String problem = tags.write(markup.bytes(), markup.length(), out);
        if (problem != null) {
            throw refusal(problem);
        }
        rootSeen = true;
        documentBegun = false;
        seam.tag();
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
