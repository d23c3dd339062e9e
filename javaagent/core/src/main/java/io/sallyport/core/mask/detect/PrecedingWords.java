package io.sallyport.core.mask.detect;

import java.util.ArrayList;
import java.util.List;

/** The last few words before a place in a text. Several detectors ask about one place, so that the last answer is kept. Not thread-safe. */
final class PrecedingWords {
    static final int MOST = 5;
    private static final int REACH = 60;

    private final String value;
    private List<String> words = List.of();
    private int wordsEnd = -1;

    PrecedingWords(String value) {
        this.value = value;
    }

    /** The last few words before {@code start}, in lower case, the nearest first. */
    List<String> before(int start) {
        if (start != wordsEnd) {
            words = readBefore(start);
            wordsEnd = start;
        }
        return words;
    }

    private List<String> readBefore(int start) {
        List<String> said = new ArrayList<>(MOST);
        int i = start;
        int stop = Math.max(0, start - REACH);
        while (said.size() < MOST && i > stop) {
            while (i > stop && !Words.isLetter(value.charAt(i - 1))) {
                i--;
            }
            int end = i;
            while (i > stop && (Words.isLetter(value.charAt(i - 1)) || isAbbreviation(i - 1))) {
                i--;
            }
            if (i < end) {
                said.add(Words.lower(value.substring(i, end).replace(".", "")));
            }
        }
        return said;
    }

    /** The full stop inside {@code T.C.}. */
    private boolean isAbbreviation(int dot) {
        return value.charAt(dot) == '.'
                && dot > 0
                && Words.isLetter(value.charAt(dot - 1))
                && (dot == 1 || !Words.isLetter(value.charAt(dot - 2)))
                && Words.isLetter(Chars.at(value, dot + 1))
                && !Words.isLetter(Chars.at(value, dot + 2));
    }
}
