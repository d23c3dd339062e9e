package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads select lists and RETURNING or OUTPUT lists. */
final class OutputList {

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    OutputList(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    List<Out> read(Span list, Scope scope, Ctes ctes) {
        return read(list, new Span(list.to(), list.to()), scope, ctes);
    }

    /** @param select the query whose list it is, from the list on */
    List<Out> read(Span list, Span select, Scope scope, Ctes ctes) {
        PresortedInput presorted = new PresortedInput(work, t, queries.expressions(), select, scope, ctes);
        List<Out> outs = new ArrayList<>();
        for (Span item : Clauses.commaSeparated(t, list.from(), list.to())) {
            work.step();
            int before = outs.size();
            if (!item.isEmpty()) {
                item(item, scope, ctes, outs);
            }
            if (outs.size() > Work.MOST_COLUMNS) {
                throw new UnreadableException("too many columns");
            }
            for (int i = before; i < outs.size(); i++) {
                work.column();
                outs.set(i, presorted.over(item, outs.get(i)));
            }
        }
        return outs;
    }

    private void item(Span span, Scope scope, Ctes ctes, List<Out> outs) {
        int from = span.from();
        if (work.dialect == Dialect.TSQL && t.isOp(from + 1, "=")) {
            if (t.is(from, TokenType.PARAM)) {
                new Variables(work, t, queries).assign(from, new Span(from + 2, span.to()), scope, ctes);
                return;
            }
            if (t.isName(from) || t.is(from, TokenType.STRING)) {
                String label = t.isName(from) ? t.name(from) : Names.fold(t.content(from));
                outs.add(expression(new Span(from + 2, span.to()), label, scope, ctes));
                return;
            }
        }
        if (t.is(from, TokenType.PARAM) && t.isOp(from + 1, "+=")) {
            new Variables(work, t, queries).assign(from, new Span(from + 2, span.to()), scope, ctes);
            return;
        }
        if (star(span, scope, ctes, outs)) {
            return;
        }
        int end = span.to();
        String label = null;
        int as = aliasKeyword(span);
        if (as > 0) {
            label = t.isName(as + 1) ? t.name(as + 1) : Names.fold(t.content(as + 1));
            end = as;
        } else if (hasImplicitAlias(span)) {
            label = t.isName(end - 1) ? t.name(end - 1) : Names.fold(t.content(end - 1));
            end--;
        } else {
            label = ownName(span);
        }
        outs.add(expression(new Span(from, end), label, scope, ctes));
    }

    private Out expression(Span span, @Nullable String label, Scope scope, Ctes ctes) {
        return queries.expressions().column(span, label, scope, ctes);
    }

    /** Index of the AS that precedes an alias at the end of the item, 0 when there's none. */
    private int aliasKeyword(Span span) {
        int as = span.to() - 2;
        boolean found = as > span.from() && t.is(as, "AS") && (t.isName(as + 1) || t.is(as + 1, TokenType.STRING));
        return found ? as : 0;
    }

    private boolean hasImplicitAlias(Span span) {
        int last = span.to() - 1;
        if (last <= span.from()) {
            return false;
        }
        boolean string = t.is(last, TokenType.STRING) && work.dialect != Dialect.POSTGRESQL;
        if (!t.isName(last) && !string || t.is(last, TokenType.WORD) && Words.NEVER_COLUMN.contains(t.word(last))) {
            return false;
        }
        int before = last - 1;
        TokenType type = t.type(before);
        if (type == null) {
            return false;
        }
        return switch (type) {
            case RIGHT_PAREN -> !isOperatorCall(before);
            case RIGHT_BRACKET, NUMBER, PARAM, QUOTED -> true;
            case STRING -> !string;
            case WORD -> endsOperand(before);
            default -> false;
        };
    }

    /** OPERATOR(schema.+) stands between operands. */
    private boolean isOperatorCall(int close) {
        return t.match(close) > 0 && t.is(t.match(close) - 1, "OPERATOR");
    }

    private boolean endsOperand(int i) {
        if (t.is(i - 1, TokenType.DOT)) {
            return true;
        }
        return switch (t.word(i)) {
            case "END",
                    "NULL",
                    "TRUE",
                    "FALSE",
                    "CURRENT_DATE",
                    "CURRENT_TIME",
                    "CURRENT_TIMESTAMP",
                    "CURRENT_USER",
                    "SYSDATE",
                    "SYSTIMESTAMP",
                    "LOCALTIME",
                    "LOCALTIMESTAMP",
                    "SESSION_USER",
                    "ISNULL",
                    "NOTNULL",
                    "UNKNOWN",
                    "VARYING" -> true;
            default -> !Words.EXPECTS_OPERAND.contains(t.word(i)) && !Words.NEVER_COLUMN.contains(t.word(i));
        };
    }

    /** The name an item has without an alias: its column, or its function in PostgreSQL. */
    private @Nullable String ownName(Span span) {
        int i = span.from();
        if (!t.isName(i)) {
            return null;
        }
        while (t.is(i + 1, TokenType.DOT) && t.isName(i + 2)) {
            i += 2;
        }
        boolean whole = i + 1 == span.to();
        boolean call = t.is(i + 1, TokenType.LEFT_PAREN)
                && t.skip(i + 1, span.to()) == span.to()
                && !t.isAny(i, "CAST", "TRIM", "TREAT", "COLLATION");
        boolean cast = work.dialect == Dialect.POSTGRESQL && t.isOp(i + 1, "::");
        return whole || cast || call && work.dialect == Dialect.POSTGRESQL ? t.name(i) : null;
    }

    private boolean star(Span span, Scope scope, Ctes ctes, List<Out> outs) {
        int i = span.from();
        if (t.isOp(i, "*")) {
            outs.addAll(without(scope.star(), i + 1, span.to()));
            return true;
        }
        int j = i;
        String label = "";
        if (t.is(j, TokenType.LEFT_PAREN) && t.isName(j + 1) && t.match(j) == j + 2) {
            label = t.name(j + 1);
            j += 3;
        } else if (t.isName(j)) {
            label = t.name(j++);
            while (t.is(j, TokenType.DOT) && t.isName(j + 1)) {
                label = t.name(j + 1);
                j += 2;
            }
        } else if (t.is(j, TokenType.LEFT_PAREN)
                && t.is(t.match(j) + 1, TokenType.DOT)
                && t.isOp(t.match(j) + 2, "*")) {
            List<Out> fields = t.match(j) + 3 == span.to()
                    ? queries.expressions().fields().of(Clauses.inside(t, j, span.to()), scope, ctes)
                    : null;
            return fields == null ? shapeless(outs) : outs.addAll(fields);
        }
        if (label.isEmpty() || !t.is(j, TokenType.DOT) || !t.isOp(j + 1, "*")) {
            return false;
        }
        Relation relation = scope.relation(label);
        if (relation == null) {
            return shapeless(outs);
        }
        outs.addAll(without(relation.outs(), j + 2, span.to()));
        return true;
    }

    private static boolean shapeless(List<Out> outs) {
        outs.add(Out.column(null, Set.of(), false).repeated());
        return true;
    }

    /** {@code * EXCEPT (a, b)}. */
    private List<Out> without(List<Out> all, int from, int to) {
        if (from >= to) {
            return all;
        }
        if (!t.isAny(from, "EXCEPT", "EXCLUDE") || !t.is(from + 1, TokenType.LEFT_PAREN)) {
            if (t.is(from, "AS") || t.isName(from)) {
                return all;
            }
            throw new UnreadableException("unexpected words behind a star");
        }
        Span list = Clauses.inside(t, from + 1, to);
        Set<String> names = new HashSet<>();
        for (Span name : Clauses.commaSeparated(t, list.from(), list.to())) {
            names.add(t.name(name.to() - 1));
        }
        return all.stream()
                .filter(out -> out.name() == null || !names.contains(out.name()))
                .toList();
    }
}
