package io.sallyport.core.policy.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over text in segments: {@code *} stays within a segment, a segment {@code **} stands for any number of segments.
 * Compared with regard to case, but for {@link #resembles}. Immutable; matching allocates nothing.
 *
 * <p>Two kinds: {@link #path} for HTTP paths ({@code /api/*}{@code /pods/**}; one slash at the end makes no difference) and
 * {@link #callSite} for code ({@code org.flywaydb.**}; a package or class stands for everything below it).
 */
public final class SegmentGlob {

    /** More would make a match expensive, and nobody writes them. */
    private static final int MOST_DOUBLE_STARS = 3;

    private final String source;
    private final List<@Nullable String> segments;
    private final boolean code;

    private SegmentGlob(String source, List<@Nullable String> segments, boolean code) {
        this.source = source;
        this.segments = segments;
        this.code = code;
    }

    /** @throws IllegalArgumentException with a sentence for the policy's author */
    public static SegmentGlob path(String pattern) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with '/'");
        }
        String trimmed =
                pattern.length() > 1 && pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return new SegmentGlob(pattern, split(trimmed.substring(1), '/'), false);
    }

    /** @throws IllegalArgumentException with a sentence for the policy's author */
    public static SegmentGlob callSite(String pattern) {
        List<@Nullable String> segments = split(pattern.replace('$', '.'), '.');
        if (segments.get(segments.size() - 1) != null) {
            segments = new ArrayList<>(segments);
            segments.add(null);
        }
        return new SegmentGlob(pattern, segments, true);
    }

    private static List<@Nullable String> split(String pattern, char separator) {
        List<@Nullable String> segments = new ArrayList<>();
        int doubleStars = 0;
        for (String s : pattern.split(java.util.regex.Pattern.quote(String.valueOf(separator)), -1)) {
            if (s.equals("**")) {
                doubleStars++;
                segments.add(null);
            } else if (s.contains("**")) {
                throw new IllegalArgumentException("'**' stands for whole segments and cannot be part of one");
            } else if (s.isEmpty() && pattern.length() > 0) {
                throw new IllegalArgumentException("an empty segment matches nothing");
            } else {
                segments.add(s);
            }
        }
        if (doubleStars > MOST_DOUBLE_STARS) {
            throw new IllegalArgumentException("at most " + MOST_DOUBLE_STARS + " '**' in one pattern");
        }
        return segments;
    }

    /** For a path: starts with {@code /}. For code: {@code package.Class.method}, with or without {@code :line}. */
    public boolean matches(String text) {
        return matches(text, false);
    }

    /** The same without regard to case: whether a server that ignores it would take {@code text} for something that matches. */
    public boolean resembles(String text) {
        return matches(text, true);
    }

    private boolean matches(String text, boolean folded) {
        int end = text.length();
        int start = 0;
        if (code) {
            int colon = text.lastIndexOf(':');
            end = colon < 0 ? end : colon;
        } else {
            start = text.startsWith("/") ? 1 : 0;
            end = end > 1 && text.charAt(end - 1) == '/' ? end - 1 : end;
        }
        return matches(0, text, start, end, folded);
    }

    /** {@code from > end} means that the text is used up; {@code from == end} is an empty last segment. */
    private boolean matches(int segment, String text, int from, int end, boolean folded) {
        if (segment == segments.size()) {
            return from > end;
        }
        String wanted = segments.get(segment);
        if (wanted == null) {
            for (int next = from; ; next = segmentEnd(text, next, end) + 1) {
                if (matches(segment + 1, text, next, end, folded)) {
                    return true;
                }
                if (next > end) {
                    return false;
                }
            }
        }
        if (from > end) {
            return false;
        }
        int to = segmentEnd(text, from, end);
        return within(wanted, text, from, to, folded) && matches(segment + 1, text, to + 1, end, folded);
    }

    private int segmentEnd(String text, int from, int end) {
        int i = from;
        while (i < end && !separates(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean separates(char c) {
        return code ? c == '.' || c == '$' : c == '/';
    }

    private static boolean within(String pattern, String text, int from, int to, boolean folded) {
        int p = 0;
        int t = from;
        int star = -1;
        int resume = from;
        while (t < to) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && isSame(pattern.charAt(p), text.charAt(t), folded)) {
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

    private static boolean isSame(char a, char b, boolean folded) {
        return a == b || folded && fold(a) == fold(b);
    }

    /** Both ways, since some letters have an upper case in common only ({@code ſ} and {@code s}). */
    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Number of characters that stand for themselves. */
    public int literals() {
        int n = 0;
        for (int i = 0; i < source.length(); i++) {
            if (source.charAt(i) != '*') {
                n++;
            }
        }
        return n;
    }

    @Override
    public String toString() {
        return source;
    }
}
