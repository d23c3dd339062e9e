package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries that a WITH names in front of a write. */
final class Ctes {

    private static final int MAX = 16;

    private final Tokens t;
    private final int verb;
    private @Nullable Map<String, Span> bodies;

    /** Those that stand before the verb at {@code verb}, which is the main verb or in brackets of a later one. */
    Ctes(Tokens t, int verb) {
        this.t = t;
        this.verb = verb;
    }

    /** Reads them backwards, the nearest {@value #MAX}. */
    private Map<String, Span> read() {
        Map<String, Span> found = new HashMap<>();
        int close = verb - 1;
        if (t.is(close, TokenType.LEFT_PAREN)) {
            int name = name(t, close);
            close = name < 0 ? -1 : beforeComma(t, name);
        }
        while (found.size() < MAX && t.is(close, TokenType.RIGHT_PAREN)) {
            int open = t.match(close);
            int name = open < 0 ? -1 : name(t, open);
            if (name < 0) {
                break;
            }
            if (Clauses.startsQuery(t, open + 1, close)) {
                found.put(t.name(name), new Span(open + 1, close));
            }
            close = beforeComma(t, name);
        }
        return found;
    }

    /** Index of the name of the CTE whose body opens at {@code open}, -1 when it's none. */
    private static int name(Tokens t, int open) {
        int i = open - 1;
        while (t.isAny(i, "NOT", "MATERIALIZED")) {
            i--;
        }
        if (!t.is(i, "AS")) {
            return -1;
        }
        i--;
        if (t.is(i, TokenType.RIGHT_PAREN)) {
            i = t.match(i) - 1;
        }
        return t.isName(i) ? i : -1;
    }

    private static int beforeComma(Tokens t, int name) {
        return t.is(name - 1, TokenType.COMMA) ? name - 2 : -1;
    }

    /** Their bodies by their names. */
    Map<String, Span> all() {
        bodies = bodies == null ? read() : bodies;
        return bodies;
    }

    /** Body of the CTE {@code name}; {@code null} when there's none. */
    @Nullable
    Span body(String name) {
        return all().get(name);
    }
}
