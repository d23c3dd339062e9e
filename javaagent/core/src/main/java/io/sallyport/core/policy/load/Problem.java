package io.sallyport.core.policy.load;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Wording of errors. */
final class Problem {

    private Problem() {}

    /** {@code ; did you mean 'x'?}, or the list of what is known when nothing is near. */
    static String suggestion(String given, Collection<String> known) {
        String best = null;
        int least = Math.max(2, given.length() / 2) + 1;
        for (String candidate : known) {
            int d = distance(Section.lower(given), Section.lower(candidate));
            if (d < least) {
                least = d;
                best = candidate;
            }
        }
        return best == null ? "; known are " + String.join(", ", known) : "; did you mean '" + best + "'?";
    }

    /** Text of the file that is short enough to repeat in an error. */
    static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 8) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int next = Math.min(
                        Math.min(row[j], row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.length()];
    }
}
