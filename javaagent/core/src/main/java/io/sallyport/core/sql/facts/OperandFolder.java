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

/** The operands of an expression: literals, names, groups, sub-queries. */
abstract class OperandFolder {

    static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 48;
    private static final Set<String> UNIT_FIRST = Set.of(
            "EXTRACT", "DATEADD", "DATEDIFF", "DATEPART", "DATENAME", "TIMESTAMPADD", "TIMESTAMPDIFF", "GET_FORMAT");
    /** SQL Server; the same names take their type last elsewhere. */
    private static final Set<String> TYPE_FIRST = Set.of("CONVERT", "TRY_CONVERT");

    final Dialect dialect;
    final Tokens t;
    final Rows rows;
    /** Where the expression ends. */
    final int to;

    int i;
    int depth;

    OperandFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        this.dialect = dialect;
        this.t = t;
        this.i = span.from();
        this.to = span.to();
        this.rows = rows;
    }

    /** The value of what starts here and binds at least as strongly as {@code strength}. */
    abstract Value parse(int strength);

    /** An operand that starts with the keyword here; {@code null} where the word is a name. */
    abstract @Nullable Value special();

    /** The call of a function whose arguments open here. */
    abstract Value called(String name, int start);

    /** A folder of a part of the same expression. */
    abstract OperandFolder part(Span span);

    /** Folds a part's span as far as it goes, at the depth of the whole. */
    final Value nested(int outerDepth) {
        depth = outerDepth;
        return parse(1);
    }

    final Value operand() {
        TokenType type = i < to ? t.type(i) : null;
        if (type == null) {
            return Value.OTHER;
        }
        return switch (type) {
            case NUMBER -> number();
            case STRING -> literal();
            case PARAM -> parameter();
            case LEFT_PAREN -> group();
            case OPERATOR -> unary();
            case WORD -> {
                Value special = special();
                yield special == null ? chain() : special;
            }
            case QUOTED -> chain();
            default -> {
                i++;
                yield Value.OTHER;
            }
        };
    }

    private Value number() {
        String text = t.text(i++);
        return !rows.isCase() && Literals.isOfOtherBase(text) ? Value.uncalculated(text) : Constants.number(text);
    }

    /** Oracle takes the empty string for NULL. */
    private Value literal() {
        if (!rows.isCase() && Literals.isEncoded(dialect, t.text(i))) {
            return Value.uncalculated(t.text(i++));
        }
        String content = t.content(i++);
        return content.isEmpty() && dialect == Dialect.ORACLE ? Value.NULL : Value.constant(content);
    }

    private Value parameter() {
        String text = t.text(i);
        i++;
        if (text.startsWith("@@") && !rows.isCase()) {
            // A setting of the server.
            while (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
                i += 2;
            }
            return Value.uncalculated(text(i - 1, i));
        }
        return text.equals("?") ? Value.OTHER : Value.OTHER.withText(text);
    }

    private Value unary() {
        String op = t.text(i);
        i++;
        if (op.equals("%") && t.isOp(i, "%") && t.isName(i + 1) && dialect == Dialect.TSQL) {
            // %%physloc%%, where the row is: as good as a key.
            i = Math.min(i + 4, to);
            return Value.ROW.withText("rowid ");
        }
        if (op.equals("\\") && t.is(i, "N")) {
            // MySQL: NULL.
            i++;
            return Value.NULL;
        }
        Value v = parse(9);
        if (op.equals("+")) {
            return v;
        }
        if (op.equals("~") && v.data() instanceof Double number && number == Math.rint(number)) {
            return Value.constant((double) ~number.longValue());
        }
        if (v.isConstant() && op.equals("-")) {
            return Constants.calculate(dialect, Value.constant(0d), "-", v);
        }
        Value negative = v.isConstant() ? Value.OTHER : v;
        return negative.withText(v.text() == null ? null : op + v.text());
    }

    private Value group() {
        Span inside = Clauses.inside(t, i, to);
        int start = i;
        int after = t.skip(i, to);
        // ((SELECT 1) = 1 OR …) only begins with a query.
        int first = t.is(inside.from(), TokenType.LEFT_PAREN) ? t.skip(inside.from(), inside.to()) : inside.to();
        boolean whole = first == inside.to() || Words.SET_OPERATIONS.contains(t.word(first));
        if (whole && Clauses.startsQuery(t, inside.from(), inside.to())) {
            i = after;
            return query(inside);
        }
        if (inside.isEmpty()) {
            i = after;
            return Value.OTHER;
        }
        // ((((…)))) counts as one level.
        OperandFolder inner = part(inside);
        Value v = inner.nested(depth);
        i = after;
        if (inner.i < inside.to()) {
            if (t.is(inner.i, TokenType.COMMA)) {
                return rowValue(inside, text(start, after));
            }
            rows.unread();
            Value all = anything(inside.from(), inside.to());
            return all.withText(text(start, after));
        }
        return v;
    }

    /** {@code (a, b)}; its text is made of the texts of its parts, where each has one. */
    final Value rowValue(Span inside, @Nullable String written) {
        StringBuilder text = new StringBuilder("( ");
        boolean told = written != null;
        boolean row = rows.isCase();
        int restore = i;
        i = inside.from();
        while (i < inside.to()) {
            Span item = nextItem(inside.to());
            OperandFolder inner = part(item);
            Value v = inner.nested(depth);
            row |= v.kind() == Value.Kind.ROW
                    || inner.i < item.to() && anything(item.from(), item.to()).kind() == Value.Kind.ROW;
            told &= v.text() != null && inner.i >= item.to();
            text.append(v.text()).append(", ");
            i = item.to() + 1;
        }
        i = restore;
        return (row ? Value.ROW : Value.OTHER).withText(told ? text.append(')').toString() : written);
    }

    final Value query(Span span) {
        int first = Clauses.firstInside(t, span.from(), span.to());
        if (t.is(first, "SELECT") && first == span.from()) {
            int from = Clauses.find(t, first, span.to(), "FROM");
            boolean dual = t.is(from + 1, "DUAL") && from + 2 == span.to();
            boolean bare = from == span.to() && Clauses.find(t, first, span.to(), "WHERE") == span.to();
            if ((bare || dual) && depth < MAX_DEPTH) {
                OperandFolder inner = part(new Span(first + 1, from));
                Value v = inner.nested(depth);
                if (inner.i >= from) {
                    return v;
                }
            }
            if (rows.isCase() && t.is(first + 1, "COUNT") && t.skip(first + 2, from) == from) {
                // One row, whose value is a count.
                Value counted = rows.call("COUNT", text(span.from(), span.to()));
                return counted == null ? Value.OTHER : counted;
            }
        }
        return rows.depend(span) ? Value.ROW : Value.OTHER;
    }

    private Value chain() {
        int start = i++;
        while (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
            i += 2;
        }
        if (t.is(i, TokenType.LEFT_PAREN) && i < to) {
            int open = i;
            Span inside = Clauses.inside(t, i, to);
            i = t.skip(i, to);
            boolean outerJoin = t.isOp(inside.from(), "+") && inside.to() == inside.from() + 1;
            if (outerJoin) {
                return rows.depend(new Span(start, inside.from() - 1)) ? Value.ROW : Value.OTHER;
            }
            if (rows.isCase()) {
                i = open;
                return called(t.word(open - 1), start);
            }
            // EXTRACT(year FROM …), DATEADD(day, …): the unit is no column.
            int from = inside.from() + (isWordFirst(start) && t.is(inside.from(), TokenType.WORD) ? 1 : 0);
            return anything(from, converted(start, inside)).withText(text(start, i));
        }
        if (t.is(i, TokenType.STRING) && i == start + 1 && i < to) {
            // A literal of a named type: bool 't'.
            Value literal = Value.constant(t.content(i++));
            boolean plain = t.isAny(start, "BOOL", "BOOLEAN", "INT", "INTEGER", "TEXT", "VARCHAR", "NUMERIC");
            return plain ? literal : Value.OTHER.withText(text(start, i));
        }
        Span name = new Span(start, Math.min(i, to));
        i = name.to();
        if (t.is(start, TokenType.WORD) && i == start + 1 && Words.NEVER_COLUMN.contains(t.word(start))) {
            return sessionWord(start);
        }
        boolean alone = i == start + 1;
        if (!rows.isCase()
                && (alone && t.is(start, TokenType.WORD) && Literals.isOfSession(dialect, t.word(start))
                        || dialect == Dialect.POSTGRESQL && isTableId(name))) {
            return Value.uncalculated(t.name(i - 1));
        }
        Value whole = isWholeRow(name) ? rows.whole() : null;
        if (whole != null) {
            return whole;
        }
        int from = i - start > 1 && rows.isOwn(name) ? i - 1 : start;
        String source = rows.source(name);
        String text = source == null ? text(from, i) : source + " ";
        Value held = text == null ? null : rows.column(name, text);
        if (held != null) {
            return held;
        }
        return (rows.depend(name) ? Value.ROW : Value.OTHER).withText(text);
    }

    /** Whether the function's first argument is a word that names a unit or a type, and no column. */
    private boolean isWordFirst(int function) {
        String name = t.word(function);
        boolean types = dialect == Dialect.TSQL || dialect == Dialect.GENERIC;
        return UNIT_FIRST.contains(name) || types && TYPE_FIRST.contains(name) && !t.is(function + 3, "USING");
    }

    /** Where the value ends that a function is given in front of a type or a character set: {@code CONVERT(a, SIGNED)}, {@code CHAR(65 USING utf8)}. */
    private int converted(int function, Span inside) {
        int end = Clauses.find(t, inside.from(), inside.to(), "USING");
        if ((dialect == Dialect.MYSQL || dialect == Dialect.H2) && t.is(function, "CONVERT")) {
            for (int j = inside.from(); j < end; j = t.skip(j, end)) {
                if (t.is(j, TokenType.COMMA)) {
                    return j;
                }
            }
        }
        return end;
    }

    private Value sessionWord(int at) {
        String word = t.word(at);
        return !rows.isCase() && Literals.isOfSession(dialect, word)
                ? Value.uncalculated(word)
                : Value.OTHER.withText(word);
    }

    /** {@code a::text}, {@code row_to_json(a)}; {@code a = …} is more often a column of that name. */
    final boolean isWholeRow(Span name) {
        boolean argument = t.is(name.from() - 1, TokenType.LEFT_PAREN) && t.isName(name.from() - 2);
        return dialect == Dialect.POSTGRESQL && (argument || t.isOp(name.to(), "::")) && rows.isWhole(name);
    }

    /** PostgreSQL: the same for all rows of a table. */
    private boolean isTableId(Span name) {
        return t.name(name.to() - 1).equals("tableoid") && (name.to() == name.from() + 1 || rows.isOwn(name));
    }

    /** Whether anything in the tokens may depend on the target. */
    final Value anything(int from, int end) {
        int j = from;
        while (j < end) {
            if (t.is(j, TokenType.LEFT_PAREN)) {
                Span inside = Clauses.inside(t, j, end);
                if (Clauses.startsQuery(t, inside.from(), inside.to())) {
                    if (rows.depend(inside)) {
                        return Value.ROW;
                    }
                    j = t.skip(j, end);
                    continue;
                }
                j++;
            } else if (t.isOp(j, "::") && t.isName(j + 1) || t.is(j, TokenType.WORD) && t.is(j + 1, TokenType.STRING)) {
                // The name of a type: a::text, DATE '2020-01-01'.
                j += 2;
            } else if (t.isName(j) && !(t.is(j, TokenType.WORD) && Words.NEVER_COLUMN.contains(t.word(j)))) {
                int start = j;
                j++;
                while (t.is(j, TokenType.DOT) && t.isName(j + 1)) {
                    j += 2;
                }
                if (t.is(j, TokenType.LEFT_PAREN)) {
                    j += isWordFirst(start) && t.is(j + 1, TokenType.WORD) ? 2 : 1;
                } else if (rows.depend(new Span(start, j))) {
                    return Value.ROW;
                }
            } else {
                // INTERVAL 30 DAY
                boolean interval = t.is(j, "INTERVAL") && t.is(j + 2, TokenType.WORD) && !t.isName(j + 1);
                j += interval ? 3 : 1;
            }
        }
        return Value.OTHER;
    }

    final Span nextItem(int end) {
        int j = i;
        while (j < end && !t.is(j, TokenType.COMMA)) {
            j = t.skip(j, end);
        }
        return new Span(i, j);
    }

    final @Nullable String text(int from, int end) {
        if (end - from > MAX_TEXT) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int j = from; j < end; j++) {
            if (t.is(j, TokenType.PARAM) && t.text(j).equals("?")) {
                return null;
            }
            text.append(t.isName(j) ? t.name(j) : t.text(j).toLowerCase(Locale.ROOT))
                    .append(' ');
        }
        return text.toString();
    }
}
