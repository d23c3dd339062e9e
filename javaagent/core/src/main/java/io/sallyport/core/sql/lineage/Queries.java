package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads queries: WITH, set operations, and which kind each of their terms is. */
final class Queries {

    private final Work work;
    private final Tokens t;
    private final Expressions expressions;
    private final Relations relations;
    private final Selects selects;
    private final Values values;
    private final OutputList outputs;
    private final WithClause with;
    private final InfluenceReader influences;

    Queries(Work work, Tokens t) {
        this.work = work;
        this.t = t;
        this.expressions = new Expressions(t, this);
        this.relations = new Relations(work, t, this);
        this.selects = new Selects(work, t, this);
        this.values = new Values(work, t, this);
        this.outputs = new OutputList(work, t, this);
        this.with = new WithClause(work, t, this);
        this.influences = new InfluenceReader(work, t, this);
    }

    Work work() {
        return work;
    }

    Expressions expressions() {
        return expressions;
    }

    Relations relations() {
        return relations;
    }

    InfluenceReader influences() {
        return influences;
    }

    OutputList outputs() {
        return outputs;
    }

    /** The output columns of the query in {@code span}. */
    List<Out> query(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        work.enter();
        work.step();
        try {
            return unwrapped(span, outer, ctes);
        } finally {
            work.leave();
        }
    }

    private List<Out> unwrapped(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        int from = span.from();
        int to = span.to();
        while (t.is(from, TokenType.LEFT_PAREN) && t.match(from) == to - 1) {
            from++;
            to--;
        }
        Ctes visible = ctes;
        int document = document(from, to);
        if (document < to) {
            return List.of(whole(query(new Span(from, document), outer, ctes)));
        }
        if (t.is(from, "WITH")) {
            WithClause.Result result = with.read(from, to, outer, ctes);
            visible = result.ctes();
            from = result.main();
        }
        if (Clauses.startsWrite(t, from) || t.is(from, "REPLACE")) {
            return term(new Span(from, to), outer, visible);
        }
        List<Span> terms = new ArrayList<>();
        List<String> operators = new ArrayList<>();
        split(from, to, terms, operators);
        List<List<Out>> shown = new ArrayList<>(List.of(term(terms.get(0), outer, visible)));
        int compared = 0;
        for (int k = 1; k < terms.size(); k++) {
            List<Out> next = term(terms.get(k), outer, visible);
            if (!t.is(terms.get(k).from() - 1, "ALL")) {
                while (compared < shown.size()) {
                    influences.compared(shown.get(compared++));
                }
                influences.compared(next);
            }
            // What EXCEPT takes away never shows.
            if (!operators.get(k - 1).equals("EXCEPT") && !operators.get(k - 1).equals("MINUS")) {
                shown.add(next);
            }
        }
        return union(shown);
    }

    /** Halves are merged, since each merging copies what both sides have. */
    private List<Out> union(List<List<Out>> terms) {
        int half = terms.size() / 2;
        return half == 0
                ? terms.get(0)
                : union(union(terms.subList(0, half)), union(terms.subList(half, terms.size())));
    }

    /** SQL Server's FOR XML and FOR JSON, which put all rows into one value; {@code to} without them. */
    private int document(int from, int to) {
        int at = work.dialect == Dialect.TSQL ? Clauses.find(t, from, to, "FOR") : to;
        while (at < to && !t.isAny(at + 1, "XML", "JSON")) {
            at = Clauses.find(t, at + 1, to, "FOR");
        }
        return at;
    }

    private static Out whole(List<Out> outs) {
        Origins origins = new Origins();
        outs.forEach(origins::add);
        return origins.asColumn(null);
    }

    private void split(int from, int to, List<Span> terms, List<String> operators) {
        int start = from;
        int i = from;
        while (i < to) {
            boolean operator = t.is(i, TokenType.WORD)
                    && Words.SET_OPERATIONS.contains(t.word(i))
                    && !t.is(i - 1, TokenType.DOT)
                    && !(t.is(i, "EXCEPT") && t.isOp(i - 1, "*"))
                    && i > start;
            if (operator
                    && (t.isAny(i + 1, "ALL", "DISTINCT", "CORRESPONDING", "BY")
                            || Clauses.startsQuery(t, i + 1, to))) {
                terms.add(new Span(start, i));
                operators.add(t.word(i));
                i++;
                while (t.isAny(i, "ALL", "DISTINCT", "CORRESPONDING")) {
                    i++;
                }
                if (t.is(i, "BY")) {
                    throw new UnreadableException("CORRESPONDING or BY NAME");
                }
                start = i;
            } else {
                i = t.skip(i, to);
            }
        }
        terms.add(new Span(start, to));
    }

    /** Merges by position. */
    List<Out> union(List<Out> left, List<Out> right) {
        boolean stars = left.stream().anyMatch(Out::isOpen) || right.stream().anyMatch(Out::isOpen);
        if (stars || left.size() != right.size()) {
            work.markInexact();
            List<Out> all = new ArrayList<>();
            Origins rest = new Origins();
            right.forEach(rest::add);
            Out other = rest.asColumn(null);
            for (Out out : left) {
                all.add(out.plus(other));
            }
            return all;
        }
        List<Out> all = new ArrayList<>(left.size());
        for (int i = 0; i < left.size(); i++) {
            all.add(left.get(i).plus(right.get(i)));
        }
        return all;
    }

    private List<Out> term(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        int i = span.from();
        if (t.is(i, TokenType.LEFT_PAREN)) {
            Span rest = new Span(t.skip(i, span.to()), span.to());
            if (!rest.isEmpty() && !Words.afterFrom(work.dialect).contains(t.word(rest.from()))) {
                throw new UnreadableException("no query");
            }
            return query(Clauses.inside(t, i, span.to()), outer, ctes);
        }
        return switch (t.word(i)) {
            case "SELECT", "SEL" -> selects.read(span, outer, ctes);
            case "VALUES" -> values.read(span, outer, ctes);
            case "TABLE" -> {
                Scope scope = new Scope(outer, work.wholeRows());
                relations.add(FromReader.read(work.dialect, t, new Span(i + 1, end(i + 1, span.to()))), scope, ctes);
                yield scope.star();
            }
            case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE" -> new Writes(work, t, this).write(span, outer, ctes);
            default -> throw new UnreadableException("no query");
        };
    }

    private int end(int from, int to) {
        return Clauses.findClause(t, from, to, Words.afterFrom(work.dialect));
    }

    /** The last part of the name at {@code i}. */
    String lastOf(int i) {
        int j = i;
        while (t.is(j + 1, TokenType.DOT) && t.isName(j + 2)) {
            j += 2;
        }
        return t.name(j);
    }

    void read(@Nullable String schema, String table) {
        work.reads.add(new TableUse(schema, table, TableUse.Access.READ));
    }
}
