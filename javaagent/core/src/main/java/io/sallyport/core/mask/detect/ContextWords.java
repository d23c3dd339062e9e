package io.sallyport.core.mask.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words around a value: those of its column or key name, the last few before it in the text, and a label right behind it. Whole words count, not
 * parts ({@code ip} is no part of {@code recipient}); camel case and underscores separate, a plural counts as its singular, and words that stand
 * apart count as one, too ({@code ID number}).
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

    /** Those before {@link #wordsEnd}, the nearest first: several detectors ask about one place. */
    private List<String> words = List.of();

    private int wordsEnd = -1;

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
            if (words.contains(word) || Unspaced.endsWithOneOf(words, word)) {
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
                if (words.contains(lower(value.substring(from, i)))) {
                    return true;
                }
            } else {
                i++;
            }
        }
        return false;
    }

    /** The word right behind {@code end}, or behind one space; empty for none. */
    String wordBehind(int end) {
        int from = Chars.isSpace(Chars.at(value, end)) ? end + 1 : end;
        int to = from;
        while (to < value.length() && to - from < REACH && isLetter(value.charAt(to))) {
            to++;
        }
        return from > value.length() ? "" : lower(value.substring(from, to));
    }

    /** Whether a sign stands right before {@code start}. */
    boolean follows(char sign, int start) {
        return start > 0 && value.charAt(start - 1) == sign;
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
        List<String> said = wordsBefore(start);
        for (int i = 0; i < Math.min(most, said.size()); i++) {
            if (isAmong(words, said, i)) {
                return true;
            }
        }
        return false;
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

    /** The last few words before {@code start}, in lower case, the nearest first. */
    List<String> wordsBefore(int start) {
        if (start != wordsEnd) {
            words = readBefore(start);
            wordsEnd = start;
        }
        return words;
    }

    private List<String> readBefore(int start) {
        List<String> said = new ArrayList<>(WORDS_BEFORE);
        int i = start;
        int stop = Math.max(0, start - REACH);
        while (said.size() < WORDS_BEFORE && i > stop) {
            while (i > stop && !isLetter(value.charAt(i - 1))) {
                i--;
            }
            int end = i;
            while (i > stop && (isLetter(value.charAt(i - 1)) || isAbbreviation(i - 1))) {
                i--;
            }
            if (i < end) {
                said.add(lower(value.substring(i, end).replace(".", "")));
            }
        }
        return said;
    }

    /** The dot over the small letter that a Turkish capital I with a dot becomes is no part of the word. */
    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT).replace("\u0307", "");
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
        String last = "";
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
                    String word = lower(name.substring(start, i));
                    words.add(word);
                    words.add(singular(word));
                    words.add(last + word);
                    last = word;
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
