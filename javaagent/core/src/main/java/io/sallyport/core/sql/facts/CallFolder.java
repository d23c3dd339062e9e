package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.Words;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operands that start with a keyword: constants, EXISTS, functions that can be calculated. */
abstract class CallFolder extends CaseFolder {

    private static final int MAX_ARGUMENTS = 8;
    /** Of an array. */
    private static final int MAX_ITEMS = 32;

    private static final Set<String> AFTER_OTHER = Set.of("UNION", "GROUP", "HAVING");
    private static final Set<String> LIMITS = Set.of("LIMIT", "FETCH", "TOP");

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
            case "ARRAY" -> {
                return t.is(i + 1, TokenType.LEFT_BRACKET) && rows.isCase() ? array() : null;
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

    /** {@code ARRAY[a, b]} as the text that PostgreSQL makes of it. */
    private Value array() {
        int start = i;
        int after = t.skip(i + 1, to);
        int close = after - 1;
        StringBuilder text = new StringBuilder("{");
        i += 2;
        for (int items = 0; i < close; items++) {
            Span item = nextItem(close);
            OperandFolder inner = part(item);
            Value v = inner.nested(depth);
            if (!v.isConstant() || v.isUncalculated() || inner.i < item.to() || items >= MAX_ITEMS) {
                i = after;
                return Value.ROW.withText(text(start, after));
            }
            text.append(text.length() > 1 ? "," : "").append(v.isNull() ? "NULL" : Constants.text(v));
            i = item.to() + 1;
        }
        i = after;
        return Value.constant(text.append('}').toString());
    }

    private Value exists() {
        Span inside = Clauses.inside(t, i + 1, to);
        int start = i;
        i = t.skip(i + 1, to);
        if (rows.findsOwn(inside) || SureQueries.giveRow(dialect, t, inside)) {
            return Value.TRUE;
        }
        if (isEmptyQuery(inside) || SureQueries.giveNone(t, inside)) {
            return Value.FALSE;
        }
        Span having = SureQueries.conditionOfOneGroup(t, inside);
        if (having != null && depth < MAX_DEPTH) {
            OperandFolder inner = part(having);
            Value met = inner.nested(depth);
            if (inner.i >= having.to() && met.isConstant() && !met.isUncalculated()) {
                return Value.of(Boolean.TRUE.equals(met.truth()));
            }
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

    /** Whether the query gives no row: {@code WHERE … AND false}, {@code LIMIT 0}. An aggregate gives one all the same. */
    final boolean isEmptyQuery(Span query) {
        if (!t.is(query.from(), "SELECT")
                || Clauses.find(t, query.from(), query.to(), AFTER_OTHER) < query.to()
                || SureQueries.giveRow(dialect, t, query)) {
            return false;
        }
        if (isOfNoRows(query)) {
            return true;
        }
        int where = Clauses.find(t, query.from(), query.to(), "WHERE");
        int end = Clauses.findClause(t, Math.min(where + 1, query.to()), query.to(), Words.AFTER_FROM);
        int from = where + 1;
        for (int j = from; j <= end && where < query.to(); j = j < end ? t.skip(j, end) : j + 1) {
            if (t.is(j, "OR") || t.is(j, "BETWEEN") || t.is(j, "CASE")) {
                return false;
            }
            if (j == end || t.is(j, "AND")) {
                if (isNever(new Span(from, j))) {
                    return true;
                }
                from = j + 1;
            }
        }
        return false;
    }

    private boolean isOfNoRows(Span query) {
        int limit = Clauses.find(t, query.from(), query.to(), LIMITS);
        int count =
                t.isAny(limit + 1, "FIRST", "NEXT") || t.is(limit + 1, TokenType.LEFT_PAREN) ? limit + 2 : limit + 1;
        return limit < query.to() && t.text(count).equals("0") && !t.is(count + 1, TokenType.COMMA);
    }

    /** One short term without a name; longer ones are not written to be false. */
    private boolean isNever(Span term) {
        int size = term.to() - term.from();
        if (size < 1 || size > 5 || depth >= MAX_DEPTH) {
            return false;
        }
        OperandFolder inner = part(term);
        Value v = inner.nested(depth);
        return inner.i >= term.to() && v.isConstant() && !v.isUncalculated() && !Boolean.TRUE.equals(v.truth());
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
            boolean ofRow = whole && given.isNull() && OF_ROW.contains(name);
            return !ofRow
                    ? given
                    : name.equals("PG_COLUMN_SIZE") ? Value.constant(1d) : Value.constant(text == null ? name : text);
        }
        Value all = clean ? row ? Value.ROW : Value.OTHER : anything(inside.from(), inside.to());
        return all.withText(text);
    }

    private static final int MAX_KEY = 400;

    /** {@code EXTRACT(YEAR FROM a)} gives what {@code YEAR(a)} does, and so does {@code DATE_PART('year', a)}. */
    private String unit(String name, Span inside) {
        String unit = switch (name) {
            case "EXTRACT", "DATEPART" -> t.word(inside.from());
            case "DATE_PART" -> t.content(inside.from()).toUpperCase(Locale.ROOT);
            default -> name;
        };
        boolean ofSqlServer = name.equals("DATEPART") && (unit.equals("WEEKDAY") || unit.equals("DW"));
        return ofSqlServer ? "DAYOFWEEK" : unit;
    }
}
