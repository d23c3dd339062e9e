package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Parts of an output list that tell of a value without showing it: what is counted, filtered or sorted by, how many rows a function
 * makes, and what decides whether an error or a delay comes.
 */
final class OutputInfluences {

    /** Functions that make rows, as many as their arguments say; and those that wait so long. */
    private static final Set<String> PRODUCERS = Set.of(
            "generate_series",
            "generate_subscripts",
            "unnest",
            "regexp_split_to_table",
            "regexp_matches",
            "string_to_table",
            "json_array_elements",
            "json_array_elements_text",
            "json_each",
            "json_each_text",
            "json_object_keys",
            "jsonb_array_elements",
            "jsonb_array_elements_text",
            "jsonb_each",
            "jsonb_each_text",
            "jsonb_object_keys",
            "jsonb_path_query",
            "pg_sleep",
            "pg_sleep_for",
            "pg_sleep_until",
            "sleep",
            "benchmark");

    private final Tokens t;
    private final Consumer<Span> collect;

    OutputInfluences(Tokens t, Consumer<Span> collect) {
        this.t = t;
        this.collect = collect;
    }

    void read(Span list) {
        for (int i = list.from(); i < list.to(); i++) {
            boolean call = t.is(i + 1, TokenType.LEFT_PAREN) && i + 1 < list.to();
            if (t.is(i, TokenType.LEFT_PAREN) && Clauses.startsQuery(t, i + 1, list.to())) {
                // Read by itself.
                i = t.skip(i, list.to()) - 1;
            } else if (call && (t.is(i, "FILTER") || PRODUCERS.contains(t.name(i)))) {
                collect.accept(Clauses.inside(t, i + 1, list.to()));
            } else if (call && t.is(i, "COUNT")) {
                counted(Clauses.inside(t, i + 1, list.to()));
            } else if (t.is(i, "ORDER") && t.is(i + 1, "BY")) {
                collect.accept(new Span(i + 2, closing(i + 2, list.to())));
            } else if (t.isOp(i, "/") || t.isOp(i, "%")) {
                collect.accept(new Span(i + 1, operand(i + 1, list.to())));
            } else if (t.is(i, "CASE")) {
                conditions(i, list.to());
            }
        }
    }

    /** A column that is counted tells how often it is null; anything else is a condition. */
    private void counted(Span inside) {
        int i = inside.from();
        while (t.isName(i) && t.is(i + 1, TokenType.DOT)) {
            i += 2;
        }
        if (i + 1 < inside.to()) {
            collect.accept(inside);
        }
    }

    private int closing(int from, int to) {
        int i = from;
        while (i < to && !t.is(i, TokenType.RIGHT_PAREN)) {
            i = t.skip(i, to);
        }
        return i;
    }

    private int operand(int from, int to) {
        int i = from;
        while (t.isName(i) && t.is(i + 1, TokenType.DOT)) {
            i += 2;
        }
        if (t.is(i, TokenType.LEFT_PAREN)) {
            return t.skip(i, to);
        }
        return t.is(i + 1, TokenType.LEFT_PAREN) ? t.skip(i + 1, to) : Math.min(i + 1, to);
    }

    /** What a CASE decides by, where one of its results may fail. */
    private void conditions(int from, int to) {
        boolean divides = false;
        int end = from;
        int depth = 0;
        do {
            depth += t.is(end, "CASE") ? 1 : t.is(end, "END") ? -1 : 0;
            divides |= t.isOp(end, "/") || t.isOp(end, "%");
            end++;
        } while (end < to && depth > 0);
        if (divides) {
            collect.accept(new Span(from + 1, end));
        }
    }
}
