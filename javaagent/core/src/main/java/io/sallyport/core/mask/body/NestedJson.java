package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text value that is itself a JSON document: key and path rules reach into it as if it stood alone. What begins like a document, is none
 * and names a governed key is replaced as a whole. Stateless.
 */
final class NestedJson {
    /** Documents in documents: deeper ones are replaced as a whole where they name a governed key. */
    private static final int DEEPEST = 4;

    /** Longer documents are not read but replaced as a whole. */
    static final int LONGEST = 1 << 20;

    /** White space before a document is shorter. */
    static final int LOOK = 64;

    private final BodyRules rules;
    private final int depth;

    NestedJson(BodyRules rules, int depth) {
        this.rules = rules;
        this.depth = depth;
    }

    /** Whether text that is written with this first byte could begin a document. */
    static boolean mayBegin(byte first) {
        return switch (first) {
            case '{', '[', '"', ' ', '\t', '\r', '\n', (byte) 0xEF -> true;
            default -> false;
        };
    }

    /** Whether a text, of which the first characters are enough, begins as a document does. */
    static boolean begins(String text) {
        int start = 0;
        while (start < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start < Math.min(text.length(), LOOK) && "{[\"".indexOf(text.charAt(start)) >= 0;
    }

    /** @return {@code null} where nothing in the text is governed */
    @Nullable
    String mask(String text) {
        if (!begins(text)) {
            return null;
        }
        if (depth < DEEPEST) {
            byte[] clear = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream masked = new ByteArrayOutputStream(clear.length);
            JsonMasker masker = new JsonMasker(rules.structural(), true, depth + 1);
            try {
                masker.update(clear, 0, clear.length, masked);
                masker.finish(masked);
                return masker.masked() == 0 ? null : masked.toString(StandardCharsets.UTF_8);
            } catch (IOException noDocument) {
                // Looked at as text below.
            }
        }
        // Text that begins with a quote is more often a quotation than half a document.
        Mask named = text.strip().startsWith("\"") ? null : rules.named(text);
        return named == null ? null : replacement(named);
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
