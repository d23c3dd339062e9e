package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.decide.AssignedValues.Text;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.LiteralText;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The texts of a statement that are written as they stand there: values that are nothing but text, perhaps in pieces ({@code concat('a',
 * 'b')}), and single texts that a bracket, a sub-select, a CASE or a listed function hands on ({@code coalesce(?, 'a')}).
 */
final class WrittenTexts {

    /** What may stand before a bracket that hands on what is in it: functions, and words of queries. */
    private static final Set<String> PASSING = Set.of(
            "CAST",
            "TRY_CAST",
            "CONVERT",
            "TRY_CONVERT",
            "COALESCE",
            "IFNULL",
            "ISNULL",
            "NVL",
            "NULLIF",
            "IF",
            "IIF",
            "TRIM",
            "LTRIM",
            "RTRIM",
            "BTRIM",
            "UPPER",
            "LOWER",
            "UCASE",
            "LCASE",
            "CONCAT",
            "GREATEST",
            "LEAST",
            "MAX",
            "MIN",
            "ANY_VALUE",
            "TO_CHAR",
            "UNNEST",
            "ROW",
            "VALUES",
            "VALUE",
            "AS",
            "MATERIALIZED",
            "SELECT",
            "DISTINCT",
            "ALL",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "MINUS",
            "APPLY",
            "FROM",
            "USING",
            "JOIN",
            "LATERAL",
            "THEN",
            "ELSE");

    /** Shorter texts that are not the whole of a value are hardly masks. */
    private static final int SHORTEST = 3;

    private final Dialect dialect;
    private final Tokens t;
    private final List<Text> found = new ArrayList<>();

    WrittenTexts(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    List<Text> found() {
        return found;
    }

    /** Whether what opens at {@code i} within {@code outer} hands on the texts in it. */
    boolean passes(WriteFrame outer, int i) {
        return outer.passing
                && (!t.isName(i - 1) || t.is(i, "CASE") || PASSING.contains(t.word(i - 1)))
                && (!t.is(i - 1, TokenType.OPERATOR) || t.text(i - 1).endsWith("=") && i == outer.valueFrom);
    }

    /** The value that ends before {@code to}, if it is nothing but text. */
    void endOfValue(WriteFrame f, int to) {
        if (f.valueFrom < 0 || !f.now.written() || f.now.column() == null) {
            f.valueFrom = -1;
            return;
        }
        StringBuilder text = new StringBuilder();
        int pieces = 0;
        for (int i = f.valueFrom; i < to; i++) {
            String piece = LiteralText.of(t, i, dialect);
            if (piece != null) {
                text.append(piece);
                pieces++;
            } else if (!joins(i)) {
                pieces = 0;
                break;
            }
        }
        if (pieces > 0 && !text.isEmpty()) {
            found.add(new Text(f.now.column(), text.toString()));
        }
        f.valueFrom = -1;
    }

    private boolean joins(int i) {
        return t.is(i, TokenType.LEFT_PAREN)
                || t.is(i, TokenType.RIGHT_PAREN)
                || t.is(i, TokenType.COMMA)
                || t.is(i, "CONCAT")
                || t.isOp(i, "||");
    }

    /** The literal at {@code i}, where it is the value or may be. */
    void single(WriteFrame f, int i) {
        if (!f.now.written() || !f.passing || t.is(i, TokenType.DOT)) {
            return;
        }
        boolean computed = t.is(i - 1, TokenType.OPERATOR) && i != f.valueFrom
                || t.is(i + 1, TokenType.OPERATOR) && !t.isOp(i + 1, "::")
                || t.is(i + 1, "FROM") && !f.statement
                || t.is(i - 1, TokenType.COMMA) && isSecondOfNullif(f, i);
        String text = computed ? null : LiteralText.of(t, i, dialect);
        if (text != null && text.length() >= SHORTEST) {
            found.add(new Text(f.now.column(), text));
        }
    }

    /** {@code NULLIF(a, '***')} takes masks away. */
    private boolean isSecondOfNullif(WriteFrame f, int i) {
        return f.mode == WriteFrame.Mode.START
                && !f.statement
                && t.is(i + 1, TokenType.RIGHT_PAREN)
                && t.is(t.match(i + 1) - 1, "NULLIF");
    }
}
