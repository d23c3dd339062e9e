package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.List;
import java.util.Set;

/**
 * Notes the columns that a statement compares, searches, joins on, sorts or groups by. It rides on the reading of the output: names
 * mean what they mean there, through aliases, sub-queries and CTEs. What it cannot read makes the result incomplete and changes
 * nothing else of the analysis.
 *
 * <p>What a view's own text does is no influence: whoever may read the view sees the rows that it lets through.
 */
final class InfluenceReader {
    /** Where a clause that can influence rows ends. */
    private static final Set<String> TAIL = Set.of("LIMIT", "OFFSET", "FETCH", "FOR", "OPTION", "INTO");

    private static final Set<String> SEE_OUTPUT = Set.of("GROUP", "HAVING", "ORDER", "QUALIFY");
    private static final Set<String> ENDS_ON = Set.of(
            "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "STRAIGHT_JOIN", "ON", "USING", "WHERE");

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    InfluenceReader(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    /** @param clauses what follows the FROM list, or the output list where there is none */
    void select(Span span, Span from, Span clauses, Scope scope, Ctes ctes, List<Out> output) {
        apart(() -> {
            int end = Clauses.find(t, clauses.from(), clauses.to(), TAIL);
            collect(new Span(clauses.from(), end), scope, ctes);
            limits(new Span(end, clauses.to()), scope, ctes);
            int named = Clauses.find(t, clauses.from(), end, SEE_OUTPUT);
            output(new Span(named, end), output);
            joins(from, scope, ctes);
            functions(from, scope, ctes);
            Span list = new Span(span.from(), from.isEmpty() ? clauses.from() : from.from());
            windows(list, scope, ctes);
            new OutputInfluences(t, part -> collect(part, scope, ctes)).read(list);
            if (t.isAny(span.from() + 1, "DISTINCT", "UNIQUE", "DISTINCTROW")) {
                output.forEach(work.influences::add);
                if (t.is(span.from() + 2, "ON")) {
                    collect(Clauses.inside(t, span.from() + 3, span.to()), scope, ctes);
                }
            }
        });
    }

    /** LIMIT, OFFSET and their like, which may be calculated. */
    private void limits(Span tail, Scope scope, Ctes ctes) {
        int i = tail.from();
        while (i < tail.to()) {
            int end = Clauses.find(t, i + 1, tail.to(), TAIL);
            if (t.isAny(i, "LIMIT", "OFFSET", "FETCH")) {
                collect(new Span(i + 1, end), scope, ctes);
            }
            i = end;
        }
    }

    /** Arguments of functions in FROM decide how many rows there are; so do those of a sample. */
    private void functions(Span from, Scope scope, Ctes ctes) {
        for (int i = from.from(); i + 1 < from.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN) && Clauses.startsQuery(t, i + 1, from.to())) {
                i = t.skip(i, from.to()) - 1;
            } else if (t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN) && startsItem(i, from.from())) {
                collect(Clauses.inside(t, i + 1, from.to()), scope, ctes);
                i = t.skip(i + 1, from.to()) - 1;
            }
        }
    }

    private boolean startsItem(int name, int from) {
        int i = name;
        while (i - 2 >= from && t.is(i - 1, TokenType.DOT)) {
            i -= 2;
        }
        return i == from
                || t.is(i - 1, TokenType.COMMA)
                || t.is(i - 1, TokenType.LEFT_PAREN)
                || t.isAny(i - 1, "JOIN", "LATERAL", "APPLY", "TABLESAMPLE")
                || t.is(i, "REPEATABLE");
    }

    /** Conditions of joins among the tables of a write. */
    void joined(Span span, Scope scope, Ctes ctes) {
        apart(() -> joins(span, scope, ctes));
    }

    /** The condition of a write. */
    void condition(Span span, Scope scope, Ctes ctes) {
        apart(() -> collect(span, scope, ctes));
    }

    /** Set operations but UNION ALL compare rows as a whole. */
    void compared(List<Out> rows) {
        if (work.expanding.isEmpty() || work.comparing) {
            rows.forEach(work.influences::add);
        }
    }

    /**
     * Adds what the conditions of an EXISTS compare, where it is asked of each row of {@code scope} and so computes a value of it; one that
     * is asked once is a search like any other.
     */
    void existing(Span query, Scope scope, Ctes ctes, Origins into) {
        if (into == work.influences || !asksOf(scope, query)) {
            return;
        }
        Origins before = work.influences;
        boolean within = work.comparing;
        Work.Mark mark = work.mark();
        work.influences = new Origins();
        work.comparing = true;
        try {
            queries.query(query, scope, ctes);
        } catch (UnreadableException unreadable) {
            work.influences.markIncomplete();
        } finally {
            into.add(work.influences);
            work.influences = before;
            work.comparing = within;
            work.back(mark);
        }
    }

    /**
     * Reads the query of {@code x IN (SELECT …)} and {@code x = ANY (SELECT …)}, the word being at {@code i}, which like an EXISTS ask each row
     * anew where x is no constant, and adds what it shows and compares; {@code false} where there is none, and nothing is read.
     */
    boolean containing(int i, Span query, Scope scope, Ctes ctes, Origins into) {
        int operand = t.is(i - 1, "NOT") || t.is(i - 1, TokenType.OPERATOR) ? i - 2 : i - 1;
        boolean varies = t.isName(operand) || t.is(operand, TokenType.RIGHT_PAREN);
        boolean asked = into != work.influences
                && Clauses.isQuery(t, query.from(), query.to())
                && (varies || asksOf(scope, query));
        if (!asked) {
            return false;
        }
        Origins before = work.influences;
        boolean within = work.comparing;
        work.influences = new Origins();
        work.comparing = true;
        try {
            queries.query(query, scope, ctes).forEach(into::add);
        } finally {
            into.add(work.influences);
            if (within || work.expanding.isEmpty()) {
                before.add(work.influences);
            }
            work.influences = before;
            work.comparing = within;
        }
        return true;
    }

    private boolean asksOf(Scope scope, Span query) {
        if (Clauses.find(t, query.from(), query.to(), "FROM") == query.to()) {
            return true;
        }
        for (int i = query.from(); i < query.to(); i++) {
            if (t.isName(i)
                    && t.is(i + 1, TokenType.DOT)
                    && !t.is(i - 1, TokenType.DOT)
                    && scope.relation(t.name(i)) != null) {
                return true;
            }
        }
        return false;
    }

    private void apart(Runnable reading) {
        if (!work.expanding.isEmpty() && !work.comparing) {
            return;
        }
        Work.Mark mark = work.mark();
        try {
            reading.run();
        } catch (UnreadableException unreadable) {
            work.influences.markIncomplete();
        } finally {
            work.back(mark);
        }
    }

    private void collect(Span span, Scope scope, Ctes ctes) {
        if (span.isEmpty()) {
            return;
        }
        queries.expressions().collect(span, scope, ctes, work.influences);
        // EXISTS shows nothing of the columns that it selects, so nobody has looked into it.
        for (int i = span.from(); i < span.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN) && Clauses.startsQuery(t, i + 1, span.to())) {
                i = t.skip(i, span.to()) - 1;
            } else if (t.is(i, "EXISTS") && t.is(i + 1, TokenType.LEFT_PAREN)) {
                Span inside = Clauses.inside(t, i + 1, span.to());
                if (Clauses.startsQuery(t, inside.from(), inside.to())) {
                    queries.query(inside, scope, ctes);
                }
                i = t.skip(i + 1, span.to()) - 1;
            }
        }
    }

    /** GROUP BY, HAVING and ORDER BY know the output's columns by label, and by position. */
    private void output(Span span, List<Out> output) {
        for (int i = span.from(); i < span.to(); i++) {
            boolean item = t.is(i - 1, "BY") || t.is(i - 1, TokenType.COMMA);
            boolean alone = i + 1 >= span.to()
                    || t.is(i + 1, TokenType.COMMA)
                    || t.isAny(i + 1, "ASC", "DESC", "NULLS", "HAVING", "ORDER", "WITH", "WINDOW", "QUALIFY");
            if (item && alone && t.is(i, TokenType.NUMBER) && t.text(i).matches("[0-9]{1,4}")) {
                int position = Integer.parseInt(t.text(i));
                if (position >= 1 && position <= output.size()) {
                    work.influences.add(output.get(position - 1));
                }
            } else if (t.isName(i) && !t.is(i - 1, TokenType.DOT) && !t.is(i + 1, TokenType.DOT)) {
                for (Out out : output) {
                    if (t.name(i).equals(out.name())) {
                        work.influences.add(out);
                    }
                }
            }
        }
    }

    private void joins(Span from, Scope scope, Ctes ctes) {
        for (int i = from.from(); i < from.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN) && Clauses.startsQuery(t, i + 1, from.to())) {
                i = t.skip(i, from.to()) - 1;
            } else if (t.is(i, "ON")) {
                int end = endOfOn(i + 1, from.to());
                collect(new Span(i + 1, end), scope, ctes);
                i = end - 1;
            } else if (t.is(i, "USING") && t.is(i + 1, TokenType.LEFT_PAREN)) {
                for (Span column : Clauses.commaSeparated(t, i + 2, Math.max(i + 2, t.skip(i + 1, from.to()) - 1))) {
                    if (!column.isEmpty()) {
                        scope.resolve(t.name(column.from()), work.influences);
                    }
                }
            } else if (t.is(i, "NATURAL")) {
                scope.common().forEach(name -> scope.resolve(name, work.influences));
            }
        }
    }

    private int endOfOn(int from, int to) {
        int i = from;
        while (i < to
                && !t.is(i, TokenType.COMMA)
                && !t.is(i, TokenType.RIGHT_PAREN)
                && !(t.is(i, TokenType.WORD)
                        && ENDS_ON.contains(t.word(i))
                        && !(t.is(i + 1, TokenType.LEFT_PAREN) && t.isAny(i, "LEFT", "RIGHT")))) {
            i = t.skip(i, to);
        }
        return i;
    }

    /** Row numbers and running sums follow the order of a window, whose columns are not output. */
    private void windows(Span list, Scope scope, Ctes ctes) {
        for (int i = list.from(); i < list.to(); i++) {
            if (t.is(i, "OVER") && t.is(i + 1, TokenType.LEFT_PAREN)) {
                collect(Clauses.inside(t, i + 1, list.to()), scope, ctes);
            }
        }
    }
}
