package io.sallyport.core.mask.detect;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words around a value: those of its column or key name, the last few before it in the text, and a label right behind it. Whole words count, not
 * parts ({@code ip} is no part of {@code recipient}); camel case and underscores separate, a plural counts as its singular.
 */
final class ContextWords {
    private static final int WORDS_BEFORE = 5;
    private static final int WORDS_BEHIND = 4;
    private static final int REACH = 60;
    private static final Set<String> LINKS = Set.of(
            "no", "nr", "num", "number", "id", "code", "is", "was", "to", "from", "of", "and", "or", "v", "than", "at",
            "since");

    private static final Set<String> NUMBERS = Set.of("", "number", "num", "no", "nr", "nummer", "numero");

    private final String value;
    private final String name;
    /** Computed on first use: most values have no candidate that asks for it. */
    private @Nullable Set<String> nameWords;

    private String joined = "";

    ContextWords(String value, String name) {
        this.value = value;
        this.name = name;
    }

    /** Whether the column or key name has one of the words. */
    boolean named(Set<String> words) {
        if (name.isEmpty()) {
            return false;
        }
        Set<String> own = nameWords;
        if (own == null) {
            own = wordsOf(name);
            nameWords = own;
            joined = compact(name);
        }
        for (String word : own) {
            if (words.contains(word)) {
                return true;
            }
        }
        return words.contains(joined);
    }

    /** Whether the name, written as one word, ends with one of the stems, or with one and what says that a number is meant: {@code homephonenumber}. */
    boolean namedAfter(Set<String> stems) {
        if (name.isEmpty() || named(Set.of())) {
            return false;
        }
        for (String stem : stems) {
            int at = joined.lastIndexOf(stem);
            if (at >= 0 && NUMBERS.contains(joined.substring(at + stem.length()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name or the text before {@code start} has one of the words. */
    boolean near(Set<String> words, int start) {
        return named(words) || before(words, start);
    }

    /** Likewise, or whether the text says right behind {@code end} what stood there: {@code (mobile)}, {@code - SSN}, {@code is my SSN}. */
    boolean near(Set<String> words, int start, int end) {
        return near(words, start) || labelled(words, end);
    }

    /** Whether the text behind {@code end} says in a few words that it was one of these. */
    boolean labelled(Set<String> words, int end) {
        int i = end;
        int stop = Math.min(value.length(), end + REACH);
        while (i < stop && Chars.isSpace(value.charAt(i))) {
            i++;
        }
        boolean bracket = i < stop && (value.charAt(i) == '(' || value.charAt(i) == '[');
        boolean dash = i > end && i + 1 < stop && isDash(value.charAt(i)) && Chars.isSpace(value.charAt(i + 1));
        boolean verb = i > end && (value.startsWith("is ", i) || value.startsWith("was ", i));
        if (!bracket && !dash && !verb) {
            return false;
        }
        for (int seen = 0; seen < WORDS_BEHIND && i < stop && !(bracket && isClose(value.charAt(i))); ) {
            int from = i;
            while (i < stop && isLetter(value.charAt(i))) {
                i++;
            }
            if (i > from) {
                seen++;
                String word = value.substring(from, i).toLowerCase(Locale.ROOT);
                if (words.contains(word)) {
                    return true;
                }
            } else {
                i++;
            }
        }
        return false;
    }

    private static boolean isDash(char c) {
        return c == '-' || c == '\u2013' || c == '\u2014';
    }

    private static boolean isClose(char c) {
        return c == ')' || c == ']';
    }

    /** Whether one of the last few words before {@code start} is among them. */
    boolean before(Set<String> words, int start) {
        return before(words, start, WORDS_BEFORE);
    }

    /** Whether the name or the word right before {@code start} is among them; {@code no}, {@code id} and the like may stand between. */
    boolean titled(Set<String> words, int start) {
        return named(words) || rightBefore(words, start);
    }

    /** Whether the word right before {@code start} is among them, likewise. */
    boolean rightBefore(Set<String> words, int start) {
        return before(words, start, before(LINKS, start, 1) ? 2 : 1);
    }

    private boolean before(Set<String> words, int start, int most) {
        int i = start;
        int stop = Math.max(0, start - REACH);
        for (int seen = 0; seen < most && i > stop; ) {
            while (i > stop && !isLetter(value.charAt(i - 1))) {
                i--;
            }
            int end = i;
            while (i > stop && (isLetter(value.charAt(i - 1)) || isAbbreviation(i - 1))) {
                i--;
            }
            if (i < end) {
                seen++;
                String word = value.substring(i, end).replace(".", "").toLowerCase(Locale.ROOT);
                if (words.contains(word) || words.contains(singular(word))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Vowel signs are parts of words in Indian and Thai script. */
    private static boolean isLetter(char c) {
        return Character.isLetter(c)
                || (c >= 128
                        && (Character.getType(c) == Character.NON_SPACING_MARK
                                || Character.getType(c) == Character.COMBINING_SPACING_MARK));
    }

    /** The full stop inside {@code T.C.}. */
    private boolean isAbbreviation(int dot) {
        return value.charAt(dot) == '.'
                && dot > 0
                && isLetter(value.charAt(dot - 1))
                && (dot == 1 || !isLetter(value.charAt(dot - 2)))
                && isLetter(Chars.at(value, dot + 1))
                && !isLetter(Chars.at(value, dot + 2));
    }

    private static String compact(String name) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < name.length() && i < 100; i++) {
            if (isLetter(name.charAt(i))) {
                letters.append(Character.toLowerCase(name.charAt(i)));
            }
        }
        return letters.toString();
    }

    private static Set<String> wordsOf(String name) {
        Set<String> words = new HashSet<>();
        int start = 0;
        int length = Math.min(name.length(), 1000);
        for (int i = 0; i <= length; i++) {
            boolean letter = i < length && isLetter(name.charAt(i));
            boolean hump = letter
                    && i > start
                    && Character.isUpperCase(name.charAt(i))
                    && (Character.isLowerCase(name.charAt(i - 1))
                            || (i + 1 < length && Character.isLowerCase(name.charAt(i + 1))));
            if (!letter || hump) {
                if (i > start) {
                    String word = name.substring(start, i).toLowerCase(Locale.ROOT);
                    words.add(word);
                    words.add(singular(word));
                }
                start = letter ? i : i + 1;
            }
        }
        return words;
    }

    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
