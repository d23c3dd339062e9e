package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads queries: WITH, set operations, VALUES, SELECT. */
final class Queries {

    private static final Set<String> MODIFIERS = Set.of(
            "DISTINCT",
            "ALL",
            "UNIQUE",
            "DISTINCTROW",
            "SQL_CALC_FOUND_ROWS",
            "SQL_NO_CACHE",
            "SQL_CACHE",
            "STRAIGHT_JOIN",
            "HIGH_PRIORITY",
            "SQL_SMALL_RESULT",
            "SQL_BIG_RESULT",
            "SQL_BUFFER_RESULT");
    private static final Set<String> LIST_ENDS = Set.of("FROM", "INTO");
    private static final Set<String> BARE_ENDS = Set.of(
            "WHERE", "ORDER", "LIMIT", "OFFSET", "FETCH", "GROUP", "HAVING", "FOR", "OPTION", "INTO", "WINDOW",
            "QUALIFY");

    private final Work work;
    private final Tokens t;
    private final Expressions expressions;
    private final Relations relations;
    private final OutputList outputs;
    private final WithClause with;
    private final InfluenceReader influences;

    Queries(Work work, Tokens t) {
        this.work = work;
        this.t = t;
        this.expressions = new Expressions(t, this);
        this.relations = new Relations(work, t, this);
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
        List<Out> all = term(terms.get(0), outer, visible);
        for (int k = 1; k < terms.size(); k++) {
            List<Out> next = term(terms.get(k), outer, visible);
            if (!t.is(terms.get(k).from() - 1, "ALL")) {
                influences.compared(all);
                influences.compared(next);
            }
            // What EXCEPT takes away never shows.
            if (!operators.get(k - 1).equals("EXCEPT") && !operators.get(k - 1).equals("MINUS")) {
                all = union(all, next);
            }
        }
        return all;
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
            case "SELECT", "SEL" -> select(span, outer, ctes);
            case "VALUES" -> values(span, outer, ctes);
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

    private List<Out> values(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        Scope scope = new Scope(outer, work.wholeRows());
        List<Out> all = null;
        int i = span.from() + 1;
        while (i < span.to()) {
            if (t.is(i, "ROW")) {
                i++;
            }
            if (!t.is(i, TokenType.LEFT_PAREN)) {
                break;
            }
            Span row = Clauses.inside(t, i, span.to());
            List<Out> columns = new ArrayList<>();
            if (Clauses.isQuery(t, row.from(), row.to())) {
                Origins scalar = new Origins();
                query(row, scope, ctes).forEach(scalar::add);
                columns.add(scalar.asOneOf("column1"));
                row = new Span(row.to(), row.to());
            }
            for (Span item : Clauses.commaSeparated(t, row.from(), row.to())) {
                columns.add(expressions.column(item, "column" + (columns.size() + 1), scope, ctes(ctes)));
            }
            all = all == null ? columns : union(all, columns);
            i = t.skip(i, span.to());
            if (!t.is(i, TokenType.COMMA)) {
                break;
            }
            i++;
        }
        return all == null ? List.of() : all;
    }

    private static Ctes ctes(@Nullable Ctes ctes) {
        return ctes == null ? new Ctes(null) : ctes;
    }

    private List<Out> select(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        int to = span.to();
        int i = span.from() + 1;
        boolean more = true;
        while (more && i < to) {
            if (t.is(i, "DISTINCT") && t.is(i + 1, "ON")) {
                i = t.skip(i + 2, to);
            } else if (t.is(i, "TOP")
                    && (t.is(i + 1, TokenType.LEFT_PAREN)
                            || t.is(i + 1, TokenType.NUMBER)
                            || t.is(i + 1, TokenType.PARAM))) {
                i = t.skip(i + 1, to);
                if (t.is(i, "PERCENT")) {
                    i++;
                }
                if (t.is(i, "WITH") && t.is(i + 1, "TIES")) {
                    i += 2;
                }
            } else if (t.isAny(i, "FIRST", "SKIP", "LIMIT")
                    && (t.is(i + 1, TokenType.NUMBER) || t.is(i + 1, TokenType.PARAM))) {
                // Firebird, Informix, old H2; LIMIT has two numbers.
                i += t.is(i, "LIMIT") && !t.isName(i + 2) ? 3 : 2;
            } else if (t.is(i, TokenType.WORD) && MODIFIERS.contains(t.word(i))) {
                i++;
            } else {
                more = false;
            }
        }
        int from = Clauses.find(t, i, to, "FROM");
        int listEnd = from < to ? Clauses.find(t, i, from, LIST_ENDS) : Clauses.findClause(t, i, to, BARE_ENDS);
        Scope scope = new Scope(outer, work.wholeRows());
        int end = listEnd;
        if (from < to) {
            end = endOfFrom(from + 1, to);
            relations.add(FromReader.read(work.dialect, t, new Span(from + 1, end)), scope, ctes);
            windows(end, to, scope);
        }
        List<Out> list = outputs.read(new Span(i, listEnd), scope, ctes(ctes));
        into(span, list);
        influences.select(span, new Span(Math.min(from + 1, end), end), new Span(end, to), scope, ctes(ctes), list);
        return list;
    }

    private int endOfFrom(int from, int to) {
        int end = from;
        while (true) {
            end = Clauses.findClause(t, end, to, Words.afterFrom(work.dialect));
            boolean temporal = t.is(end, "FOR") && t.isAny(end + 1, "SYSTEM_TIME", "VERSION", "TIMESTAMP", "PORTION");
            boolean hint = t.isAny(end, "GROUP", "ORDER")
                    && !t.is(end + 1, "BY")
                    && !t.is(end + 1, "SIBLINGS")
                    && t.is(end - 1, "FOR");
            if (!temporal && !hint) {
                if (t.isAny(end, "MODEL", "PROCEDURE") && end < to) {
                    throw new UnreadableException("a clause that makes its own columns");
                }
                return end;
            }
            end++;
        }
    }

    private void windows(int from, int to, Scope scope) {
        int i = Clauses.find(t, from, to, "WINDOW");
        while (i < to && t.isName(i + 1) && t.is(i + 2, "AS") && t.is(i + 3, TokenType.LEFT_PAREN)) {
            scope.window(t.name(i + 1), Clauses.inside(t, i + 3, to));
            i = t.skip(i + 3, to);
            if (!t.is(i, TokenType.COMMA)) {
                return;
            }
        }
    }

    /** SELECT … INTO table copies. */
    private void into(Span span, List<Out> list) {
        boolean copies = work.dialect != Dialect.MYSQL && work.dialect != Dialect.ORACLE;
        int into = Clauses.find(t, span.from(), span.to(), "INTO");
        if (into == span.to()) {
            return;
        }
        if (t.isAny(into + 1, "OUTFILE", "DUMPFILE")) {
            new Copies(work).kept(KeptPlace.FILES, list);
            work.markSilent();
        } else if (new Variables(work, t, this).into(into + 1, list)) {
            work.markSilent();
        }
        if (!copies) {
            return;
        }
        int name = into + 1;
        while (t.isAny(name, "TEMPORARY", "TEMP", "UNLOGGED", "TABLE", "LOCAL", "GLOBAL")) {
            name++;
        }
        if (t.isName(name)) {
            new Copies(work).table(null, lastOf(name), null, list);
            work.markSilent();
        }
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
