package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Tokens;
import java.util.HashMap;
import java.util.Map;

/** Counts the parameters of a statement as its driver does. They are asked for in the order of the text. Not thread-safe. */
final class BoundPlaces {
    private final Dialect dialect;
    private final Tokens t;
    private final Map<String, Integer> named = new HashMap<>();
    private int counted;

    BoundPlaces(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    /** The place of what is bound; -1: nothing is bound here. */
    int at(int i) {
        String text = t.text(i);
        if (text.charAt(0) == '?' && text.length() > 1 && Character.isDigit(text.charAt(1))) {
            return text.length() < 7 ? Integer.parseInt(text, 1, text.length(), 10) - 1 : -1;
        }
        if (text.charAt(0) == '?' || dialect == Dialect.ORACLE) {
            return counted++;
        }
        if (dialect != Dialect.SQLITE) {
            return -1;
        }
        Integer known = named.get(text);
        if (known == null) {
            known = counted++;
            named.put(text, known);
        }
        return known;
    }
}
