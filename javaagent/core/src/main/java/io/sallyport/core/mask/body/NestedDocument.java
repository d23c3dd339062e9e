package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text value that is itself a JSON or XML document: key and path rules reach into it as if it stood alone. What begins like a document,
 * is none and names a governed key is replaced as a whole. Stateless.
 */
final class NestedDocument {
    /** Documents in documents: deeper ones are replaced as a whole where they name a governed key. */
    private static final int DEEPEST = 4;

    /** Longer documents are not read but replaced as a whole. */
    static final int LONGEST = 1 << 20;

    /** White space before a document is shorter. */
    static final int LOOK = 64;

    private final BodyRules rules;
    private final int depth;

    NestedDocument(BodyRules rules, int depth) {
        this.rules = rules;
        this.depth = depth;
    }

    /** Whether text that is written with this first byte could begin a document. */
    static boolean mayBegin(byte first) {
        return switch (first) {
            case '{', '[', '"', '<', ' ', '\t', '\r', '\n', (byte) 0xEF -> true;
            default -> false;
        };
    }

    /** Whether a text, of which the first characters are enough, begins as a document does. */
    static boolean begins(String text) {
        int start = start(text);
        return start < Math.min(text.length(), LOOK)
                && ("{[\"".indexOf(text.charAt(start)) >= 0 || isMarkup(text, start));
    }

    private static int start(String text) {
        int start = 0;
        while (start < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    private static boolean isMarkup(String text, int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return text.charAt(at) == '<' && (Character.isLetter(next) || next == '?' || next == '!' || next == '_');
    }

    /** Whether a piece of a text begins a document in which a rule may govern something; markup is often but a piece of a page. */
    boolean begun(String piece) {
        return begins(piece) && (!isMarkup(piece, start(piece)) || namedInMarkup(piece) != null);
    }

    /** @return {@code null} where nothing in the text is governed */
    @Nullable
    String mask(String text) {
        if (!begins(text)) {
            return null;
        }
        boolean markup = isMarkup(text, start(text));
        if (depth < DEEPEST) {
            byte[] clear = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream masked = new ByteArrayOutputStream(clear.length);
            BodyMasker masker = markup
                    ? new XmlMasker(rules.structural(), depth + 1)
                    : new JsonMasker(rules.structural(), true, depth + 1);
            try {
                masker.update(clear, 0, clear.length, masked);
                masker.finish(masked);
                return masker.masked() == 0 ? null : masked.toString(StandardCharsets.UTF_8);
            } catch (IOException noDocument) {
                // Looked at as text below.
            }
        }
        if (markup) {
            Mask named = namedInMarkup(text);
            return named == null ? null : replacement(named);
        }
        // Text that begins with a quote is more often a quotation than half a document.
        Mask named = text.strip().startsWith("\"") ? null : rules.named(text);
        return named == null ? null : replacement(named);
    }

    /** The rule whose key an element or an attribute of broken markup has for its name. */
    private @Nullable Mask namedInMarkup(String text) {
        Mask first = null;
        for (int i = 0; i < text.length(); i++) {
            if ("< \t\r\n".indexOf(text.charAt(i)) < 0) {
                continue;
            }
            int start = i + 1;
            int end = start;
            while (end < text.length() && "<>/=\"' \t\r\n".indexOf(text.charAt(end)) < 0) {
                end++;
                start = text.charAt(end - 1) == ':' ? end : start;
            }
            if (end > start && (text.charAt(i) == '<' || end < text.length() && text.charAt(end) == '=')) {
                first = Mask.first(first, rules.named(text.substring(start, end)));
            }
            i = end - 1;
        }
        return first;
    }

    /** For a text that is too long to be read. */
    String replacement() {
        Mask first = rules.firstStructural();
        return first == null ? "***" : replacement(first);
    }

    private static String replacement(Mask mask) {
        String replacement = mask.replacement();
        return replacement == null ? "" : replacement;
    }
}
