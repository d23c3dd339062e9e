package io.sallyport.core.mask.detect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words around a value: those of its column or key name, the last few before it in the text, and a label right behind it. Whole words count, not
 * parts ({@code ip} is no part of {@code recipient}); camel case and underscores separate, a plural counts as its singular, and words that stand
 * apart count as one, too ({@code ID number}).
 */
final class ContextWords {
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
    private final PrecedingWords preceding;

    ContextWords(String value, String name) {
        this.value = value;
        this.name = name;
        this.preceding = new PrecedingWords(value);
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
            while (i < stop && Words.isLetter(value.charAt(i))) {
                i++;
            }
            if (i > from) {
                seen++;
                if (words.contains(Words.lower(value.substring(from, i)))) {
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
        while (to < value.length() && to - from < REACH && Words.isLetter(value.charAt(to))) {
            to++;
        }
        return from > value.length() ? "" : Words.lower(value.substring(from, to));
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
        return before(words, start, PrecedingWords.MOST);
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
            if (Words.isAmong(words, said, i)) {
                return true;
            }
        }
        return false;
    }

    /** The last few words before {@code start}, in lower case, the nearest first. */
    List<String> wordsBefore(int start) {
        return preceding.before(start);
    }

    private static String compact(String name) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < name.length() && i < 100; i++) {
            if (Words.isLetter(name.charAt(i))) {
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
            boolean letter = i < length && Words.isLetter(name.charAt(i));
            boolean hump = letter
                    && i > start
                    && Character.isUpperCase(name.charAt(i))
                    && (Character.isLowerCase(name.charAt(i - 1))
                            || (i + 1 < length && Character.isLowerCase(name.charAt(i + 1))));
            if (!letter || hump) {
                if (i > start) {
                    String word = Words.lower(name.substring(start, i));
                    words.add(word);
                    words.add(Words.singular(word));
                    words.add(last + word);
                    last = word;
                }
                start = letter ? i : i + 1;
            }
        }
        return words;
    }
}
