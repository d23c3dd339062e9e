package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operands that start with a keyword: constants, EXISTS, functions that can be calculated. */
abstract class CallFolder extends CaseFolder {

    private static final int MAX_ARGUMENTS = 8;

    /** PostgreSQL: never null for a whole row. */
    private static final Set<String> OF_ROW = Set.of(
            "ROW_TO_JSON",
            "TO_JSON",
            "TO_JSONB",
            "JSON_BUILD_ARRAY",
            "JSONB_BUILD_ARRAY",
            "HASH_RECORD",
            "HASH_RECORD_EXTENDED",
            "RECORD_OUT",
            "RECORD_SEND",
            "PG_COLUMN_SIZE",
            "QUOTE_LITERAL",
            "QUOTE_NULLABLE",
            "FORMAT");

    CallFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    @Override
    final @Nullable Value special() {
        boolean call = t.is(i + 1, TokenType.LEFT_PAREN);
        String word = t.word(i);
        switch (word) {
            case "TRUE" -> {
                i++;
                return Value.TRUE;
            }
            case "FALSE" -> {
                i++;
                return Value.FALSE;
            }
            case "NULL", "UNKNOWN" -> {
                i++;
                return Value.NULL;
            }
            case "CASE" -> {
                return caseExpression();
            }
            case "EXISTS" -> {
                return call ? exists() : null;
            }
            case "DATE", "TIME", "TIMESTAMP", "BINARY", "INTERVAL" -> {
                if (word.equals("BINARY") && dialect == Dialect.MYSQL && !t.is(i + 1, TokenType.DOT)) {
                    i++;
                    return parse(9);
                }
                if (t.is(i + 1, TokenType.STRING) || t.is(i, "INTERVAL") && !call) {
                    int start = i;
                    i += 2;
                    while (t.isAny(i, "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO", "WEEK") && i < to) {
                        i++;
                    }
                    return Value.OTHER.withText(text(start, i));
                }
                return call && word.equals("INTERVAL") ? function(word) : null;
            }
            case "PRIOR", "CONNECT_BY_ROOT" -> {
                i++;
                return operand();
            }
            default -> {
                return call && Functions.NAMES.contains(word) ? function(word) : null;
            }
        }
    }

    private Value exists() {
        Span inside = Clauses.inside(t, i + 1, to);
        int start = i;
        i = t.skip(i + 1, to);
        if (rows.findsOwn(inside) || SureQueries.giveRow(t, inside)) {
            return Value.TRUE;
        }
        if (isEmptyQuery(inside) || SureQueries.giveNone(t, inside)) {
            return Value.FALSE;
        }
        Value v = query(inside);
        int from = Clauses.find(t, inside.from(), inside.to(), "FROM");
        boolean bare = from == inside.to() || t.is(from + 1, "DUAL") && from + 2 == inside.to();
        if (bare && v.isConstant()) {
            return Value.TRUE;
        }
        Value said = rows.test(text(start, i));
        return said != null ? said : v.kind() == Value.Kind.ROW ? Value.ROW : Value.OTHER;
    }

    /** Whether the query gives no row: {@code WHERE false}, {@code LIMIT 0}. An aggregate gives one all the same. */
    final boolean isEmptyQuery(Span query) {
        if (!t.is(query.from(), "SELECT")) {
            return false;
        }
        int where = query.to();
        for (int j = query.from() + 1; j < query.to(); j++) {
            if (t.is(j, TokenType.LEFT_PAREN) && where == query.to()) {
                return false;
            }
            if (t.is(j, "WHERE")) {
                where = j;
                break;
            }
            if (t.is(j, "LIMIT")) {
                return t.text(j + 1).equals("0");
            }
            if (t.isAny(j, "UNION", "GROUP", "HAVING")) {
                return false;
            }
        }
        // One short condition; longer ones aren't written to be false.
        int rest = query.to() - where - 1;
        if (rest < 1 || rest > 3 || depth >= MAX_DEPTH) {
            return false;
        }
        OperandFolder inner = part(new Span(where + 1, query.to()));
        Value v = inner.nested(depth);
        return inner.i >= query.to() && v.isConstant() && !Boolean.TRUE.equals(v.truth());
    }

    @Override
    final Value called(String name, int start) {
        i--;
        Value folded = function(name);
        if (folded.isConstant()) {
            return folded;
        }
        return folded.withText(text(start, i));
    }

    private Value function(String name) {
        int start = i;
        Span inside = Clauses.inside(t, i + 1, to);
        int after = t.skip(i + 1, to);
        Value[] args = new Value[MAX_ARGUMENTS];
        int count = 0;
        i = inside.from();
        boolean clean = true;
        boolean row = false;
        boolean uncertain = false;
        boolean constant = true;
        boolean whole = false;
        StringBuilder key = new StringBuilder(name).append(" ( ");
        while (i < inside.to()) {
            Span item = nextItem(inside.to());
            int end = item.to();
            if (name.endsWith("CAST")) {
                item = new Span(item.from(), Clauses.find(t, item.from(), item.to(), "AS"));
            } else if (name.equals("POSITION")) {
                end = Clauses.find(t, item.from(), end, "IN");
                item = new Span(item.from(), end);
            }
            whole |= item.to() - item.from() == 1 && isWholeRow(item);
            OperandFolder inner = part(item);
            Value v = inner.nested(depth);
            clean &= inner.i >= item.to() && count < args.length;
            row |= v.kind() == Value.Kind.ROW;
            uncertain |= v.isUncalculated();
            constant &= v.isConstant();
            if (clean) {
                args[count++] = v;
                boolean told = key.length() > 0 && key.length() < MAX_KEY && (v.isConstant() || v.text() != null);
                key.append(!told ? "" : v.isNull() ? "NULL" : v.isConstant() ? Constants.text(v) : v.text())
                        .append(" , ");
                if (!told) {
                    key.setLength(0);
                }
            }
            i = end + 1;
        }
        i = after;
        if (clean && !uncertain) {
            Value folded = Functions.of(dialect, name, args, count);
            if (folded != null) {
                return folded;
            }
        }
        String text = clean && key.length() > 0 ? key.append(')').toString() : text(start, after);
        if (clean && uncertain && constant) {
            return Value.uncalculated(text);
        }
        Value given = rows.call(unit(name, inside), text);
        if (given != null) {
            return whole && given.isNull() && OF_ROW.contains(name)
                    ? Value.constant(text == null ? name : text)
                    : given;
        }
        Value all = clean ? row ? Value.ROW : Value.OTHER : anything(inside.from(), inside.to());
        return all.withText(text);
    }

    private static final int MAX_KEY = 400;

    /** {@code EXTRACT(YEAR FROM a)} gives what {@code YEAR(a)} does. */
    private String unit(String name, Span inside) {
        return name.equals("EXTRACT") || name.equals("DATEPART") ? t.word(inside.from()) : name;
    }
}
