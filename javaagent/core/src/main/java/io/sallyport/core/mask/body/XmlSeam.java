package io.sallyport.core.mask.body;

import io.sallyport.core.mask.detect.Finding;

/**
 * Text that comments, processing instructions and CDATA sections cut in pieces, and in mixed content elements: a reader joins the pieces, so a
 * value could hide across a cut ({@code alice<!-- -->@example.com}, {@code alice<b>@example.com</b>}). Each piece's beginning is looked at together
 * with what stood before it. Elements that stand beside each other without text between them are values of their own. Not thread-safe.
 */
final class XmlSeam {
    /** Bytes on each side of a cut; no value but a key block is longer. */
    private static final int REACH = 1024;

    private final BodyRules rules;
    private final Held head = new Held();
    private final Held last = new Held();
    private TextCodec codec = TextCodec.PLAIN;
    private String context = "";
    private String before = "";
    private boolean looked;
    /** Something other than white space stood there since the last tag. */
    private boolean text;

    XmlSeam(BodyRules rules) {
        this.rules = rules;
    }

    /** A tag: what follows is another text, unless this one stood beside text. */
    void tag() {
        if (!text) {
            before = "";
        }
        text = false;
    }

    void begin(TextCodec how, String contextName) {
        codec = how;
        context = contextName;
        looked = before.isEmpty();
        head.clear();
        last.clear();
    }

    /** @return whether a value lies across the cut */
    boolean add(byte[] bytes, int from, int to) {
        if (to - from >= REACH) {
            last.clear();
            last.add(bytes, to - REACH, to);
        } else {
            last.add(bytes, from, to);
            if (last.length() > 4 * REACH) {
                last.dropFirst(last.length() - REACH);
            }
        }
        if (!looked) {
            head.add(bytes, from, Math.min(to, from + REACH - head.length()));
            return head.length() == REACH && hides();
        }
        return false;
    }

    /** The piece ends; likewise. */
    boolean end() {
        boolean hidden = !looked && hides();
        String joined = before + codec.decode(last.bytes(), 0, last.length());
        before = joined.substring(Math.max(0, joined.length() - REACH));
        text |= XmlTag.skipSpace(last.bytes(), 0, last.length()) < last.length();
        return hidden;
    }

    /** A CDATA section ends with a delimiter of so many bytes, which is no text; likewise. */
    boolean endSection(int delimiter) {
        last.dropLast(delimiter);
        if (head.length() < REACH) {
            head.dropLast(Math.min(delimiter, head.length()));
        }
        return end();
    }

    private boolean hides() {
        looked = true;
        String joined = before + codec.decode(head.bytes(), 0, head.length());
        for (Finding finding : rules.find(joined, context)) {
            if (finding.start() < before.length() && finding.end() > before.length()) {
                return true;
            }
        }
        return false;
    }
}
