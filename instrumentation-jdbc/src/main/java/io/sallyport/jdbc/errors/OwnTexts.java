package io.sallyport.jdbc.errors;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the caller has sent, and therefore knows. */
public final class OwnTexts {

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}_$]+");

    private final List<String> texts;
    private final Set<String> words = new HashSet<>();
    private final boolean ownValues;
    private final boolean runsCode;

    /**
     * @param texts the statements
     * @param ownValues whether they insert values of the caller's own and read nothing; an error about keys may quote a stored row even so
     * @param runsCode whether code that is stored in the server may run on the way: a routine, a trigger, a text made there
     */
    public OwnTexts(List<String> texts, boolean ownValues, boolean runsCode) {
        this.texts = texts;
        this.ownValues = ownValues;
        this.runsCode = runsCode;
        for (String text : texts) {
            words.addAll(List.of(BETWEEN.split(text.toLowerCase(Locale.ROOT))));
        }
    }

    /** Whether every word of {@code name} stands in a statement as a word. Parts of words could spell any number. */
    boolean hold(String name) {
        for (String word : BETWEEN.split(name.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty() && !words.contains(word)) {
                return false;
            }
        }
        return true;
    }

    boolean are(String sql) {
        return texts.contains(sql);
    }

    boolean ownValues() {
        return ownValues;
    }

    boolean runsCode() {
        return runsCode;
    }
}
