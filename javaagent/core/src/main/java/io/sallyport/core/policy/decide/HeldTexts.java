package io.sallyport.core.policy.decide;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts in a JSON or XML document, an array literal or a list: what stands between quotes, brackets, tags and commas. No reader of any of
 * these; of a document that is none it finds pieces that are no masks.
 */
final class HeldTexts {

    private static final String BETWEEN = "{}[]()<>\"',;|=\n\r\t";

    /** Shorter pieces are hardly masks. */
    private static final int SHORTEST = 3;

    private HeldTexts() {}

    static List<String> of(String text) {
        List<String> held = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || BETWEEN.indexOf(text.charAt(i)) >= 0) {
                if (i - from >= SHORTEST) {
                    held.add(unescaped(text.substring(from, i).strip()));
                }
                from = i + 1;
            }
        }
        return held;
    }

    /** JSON's {@code \\u002a} and XML's {@code &#42;}. */
    private static String unescaped(String piece) {
        return piece.replace("\\u002a", "*")
                .replace("\\u002A", "*")
                .replace("&#42", "*")
                .replace("&#x2a", "*")
                .replace("&#x2A", "*");
    }
}
