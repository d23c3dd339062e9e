package io.sallyport.core.policy.match;

import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any run of characters, the empty one included. Compared without regard to case: what a
 * pattern protects must not escape by spelling. Immutable; matching takes at most pattern times text steps and allocates nothing.
 */
public final class Glob {

    /** Matches everything. */
    public static final Glob ANY = new Glob("*");

    private final String pattern;
    private final boolean any;

    private Glob(String pattern) {
        this.pattern = pattern;
        this.any = pattern.equals("*");
    }

    public static Glob of(String pattern) {
        return new Glob(pattern.toLowerCase(Locale.ROOT));
    }

    public boolean matchesAll() {
        return any;
    }

    /** Number of characters that stand for themselves; the more, the more specific. */
    public int literals() {
        int n = 0;
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '*') {
                n++;
            }
        }
        return n;
    }

    /** Whether this certainly matches whatever {@code other} matches: a star of the other's can only fall to a star here. */
    boolean covers(Glob other) {
        return matches(other.pattern);
    }

    public boolean matches(String text) {
        return any || matches(text, 0, text.length());
    }

    /** Matches the part of {@code text} between {@code from} and {@code to}. */
    boolean matches(String text, int from, int to) {
        int p = 0;
        int t = from;
        int star = -1;
        int resume = from;
        while (t < to) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == fold(text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(c);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Glob g && g.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
