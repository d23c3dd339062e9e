package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function or procedure that a statement of this process creates.
 *
 * @param name folded, without its schema
 * @param language {@code sql} where the definition is one query; as the statement says otherwise
 * @param definition the body, as far as it can be told from the rest
 */
record CreatedRoutine(String name, String language, String definition) {

    private static final Set<String> OBJECTS = Set.of("FUNCTION", "PROCEDURE", "PROC", "ALIAS", "AGGREGATE");

    /** Languages of bodies that stand in the text itself: what SQL they hold is seen, what it returns is not. */
    private static final String INLINE = "plpgsql";

    /** The routine of {@code CREATE [OR REPLACE] FUNCTION name …}; {@code null} of any other statement. */
    static @Nullable CreatedRoutine of(Tokens t, Span s) {
        int object = Clauses.find(t, s.from(), s.to(), OBJECTS);
        boolean creates = t.is(s.from(), "CREATE")
                || t.is(s.from(), "ALTER") && Clauses.find(t, s.from(), s.to(), "RENAME") == s.to();
        boolean other =
                Clauses.find(t, s.from(), object, Set.of("TRIGGER", "RULE", "EVENT", "TABLE", "VIEW", "CAST")) < object;
        if (!creates || other || object >= s.to()) {
            return null;
        }
        int i = object + 1;
        while (t.isAny(i, "IF", "NOT", "EXISTS")) {
            i++;
        }
        while (t.isName(i) && t.is(i + 1, TokenType.DOT)) {
            i += 2;
        }
        if (!t.isName(i)) {
            return null;
        }
        if (t.is(object, "AGGREGATE") && !t.is(i + 1, "FOR")) {
            return null;
        }
        if (t.isAny(object, "ALIAS", "AGGREGATE")) {
            return new CreatedRoutine(t.name(i), "java", java(t, new Span(i + 1, s.to())));
        }
        return body(t, t.name(i), new Span(i + 1, s.to()));
    }

    /** H2's {@code AS 'source'}, {@code FOR 'class.method'}. */
    private static String java(Tokens t, Span rest) {
        int i = rest.to() - 1;
        return t.isAny(i - 1, "AS", "FOR") ? t.is(i, TokenType.STRING) ? t.content(i) : inQuotes(t, i) : "";
    }

    /** A name of Java's in double quotes, of which {@link Tokens#name} would fold the letters. */
    private static String inQuotes(Tokens t, int i) {
        String text = t.sql().substring(t.start(i), t.end(i));
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : "";
    }

    private static CreatedRoutine body(Tokens t, String name, Span rest) {
        String language = "";
        for (int i = rest.from(); i < rest.to(); i = t.skip(i, rest.to())) {
            if (t.is(i, "LANGUAGE")) {
                language = t.isName(i + 1) ? t.name(i + 1) : t.content(i + 1);
            }
        }
        for (int i = rest.from(); i < rest.to(); i = t.skip(i, rest.to())) {
            if (t.is(i, TokenType.STRING) && t.is(i - 1, "AS")) {
                return new CreatedRoutine(name, language, t.content(i));
            }
            boolean starts = t.isAny(i, "RETURN", "BEGIN", "IS", "AS")
                    && !t.is(i - 1, TokenType.DOT)
                    && !t.is(i + 1, TokenType.STRING);
            if (starts) {
                String definition = t.sql().substring(t.start(i), t.end(rest.to() - 1));
                boolean readable = language.isEmpty() || language.equals("sql");
                return new CreatedRoutine(name, readable ? INLINE : language, definition);
            }
        }
        return new CreatedRoutine(name, language.isEmpty() ? "unknown" : language, "");
    }
}
