package io.sallyport.core.mask.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is a word, and when two are one. */
final class Words {
    private Words() {}

    /** Vowel signs are parts of words in Indian and Thai script. */
    static boolean isLetter(char c) {
        return Character.isLetter(c)
                || (c >= 128
                        && (Character.getType(c) == Character.NON_SPACING_MARK
                                || Character.getType(c) == Character.COMBINING_SPACING_MARK));
    }

    /** The dot over the small letter that a Turkish capital I with a dot becomes is no part of the word. */
    static String lower(String word) {
        return word.toLowerCase(Locale.ROOT).replace("\u0307", "");
    }

    static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    /** Whether the word at {@code i} is among them, by itself or with the one or two that follow it in the text. */
    static boolean isAmong(Set<String> words, List<String> said, int i) {
        String word = said.get(i);
        if (words.contains(word) || words.contains(singular(word)) || Unspaced.endsWithOneOf(words, word)) {
            return true;
        }
        String two = i > 0 ? word + said.get(i - 1) : "";
        return i > 0 && (words.contains(two) || i > 1 && words.contains(two + said.get(i - 2)));
    }
}
