package io.sallyport.http.answer;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values of a field that an answer has more than once. Clients show their callers the first or the last, so that none of them may be the one that
 * counts here alone.
 */
public final class FieldValues {

    private FieldValues() {}

    /** As one value (RFC 9110 section 5.3); {@code null} where there is none. */
    public static @Nullable String joined(Iterable<String> values) {
        Iterator<String> each = values.iterator();
        if (!each.hasNext()) {
            return null;
        }
        String first = each.next();
        return each.hasNext() ? String.join(", ", values) : first;
    }

    /** The one media type that a joined {@code Content-Type} names; {@code null}, which is read with most suspicion, where it names several. */
    public static @Nullable String mediaType(@Nullable String joined) {
        if (joined == null || joined.indexOf(',') < 0) {
            return joined;
        }
        String one = null;
        for (String each : List.of(joined.split(","))) {
            String stated = each.strip();
            if (stated.split(";", 2)[0].indexOf('/') < 0) {
                // A comma within a parameter.
                return joined;
            }
            if (one != null && !type(one).equals(type(stated))) {
                return null;
            }
            one = one == null || stated.length() > one.length() ? stated : one;
        }
        return one;
    }

    private static String type(String stated) {
        return stated.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
