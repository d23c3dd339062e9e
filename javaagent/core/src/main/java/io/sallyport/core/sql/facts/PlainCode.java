package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.TsqlStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Code that hides nothing, since all it holds are statements that could stand alone: T-SQL's {@code IF NOT EXISTS (…) INSERT …}, and the
 * blocks in which drivers for Oracle wrap a statement that returns values. It does what its statements do, each taken for run.
 */
final class PlainCode {

    private static final Set<String> STATEMENTS = Set.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "EXEC",
            "EXECUTE",
            "SET",
            "PRINT",
            "RAISERROR",
            "THROW",
            "COMMIT",
            "ROLLBACK",
            "GRANT",
            "REVOKE",
            "WITH");
    private static final Set<String> OF_BLOCKS =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COMMIT", "ROLLBACK", "SELECT", "IF", "NULL");

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    PlainCode(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    /** Judges T-SQL's IF; {@code false}, and nothing judged, where it holds more than statements. */
    boolean conditional(Span s) {
        List<Span> parts = new ArrayList<>();
        List<Span> conditions = new ArrayList<>();
        int i = s.from();
        while (i < s.to()) {
            if (t.is(i, "IF")) {
                int start = i + 1;
                i = endOfCondition(start, s.to());
                conditions.add(new Span(start, i));
            } else if (t.isAny(i, "ELSE", "END") || t.is(i, TokenType.SEMICOLON) || beginsBlock(i)) {
                i++;
            } else if (STATEMENTS.contains(t.word(i))) {
                int end = TsqlStatements.endOf(t, i, s.to());
                parts.add(new Span(i, end));
                i = end;
            } else {
                return false;
            }
        }
        conditions.forEach(c::reads);
        judge(parts);
        return !parts.isEmpty();
    }

    /** BEGIN of a block; that of a transaction or of TRY is no such thing. */
    private boolean beginsBlock(int i) {
        return t.is(i, "BEGIN") && !t.isAny(i + 1, "TRY", "CATCH", "TRAN", "TRANSACTION", "DISTRIBUTED");
    }

    private int endOfCondition(int from, int to) {
        int cases = 0;
        for (int i = from; i < to; i = t.skip(i, to)) {
            if (t.is(i, "CASE")) {
                cases++;
            } else if (t.is(i, "END") && cases > 0) {
                cases--;
            } else if (cases == 0
                    && (STATEMENTS.contains(t.word(i)) || t.is(i, "BEGIN"))
                    && !t.is(i - 1, TokenType.DOT)) {
                return i;
            }
        }
        return to;
    }

    /** Judges what follows the BEGIN of Oracle's anonymous block; {@code false}, and nothing judged, where it holds more than statements. */
    boolean block(Span s) {
        if (c.dialect() != Dialect.ORACLE) {
            return false;
        }
        List<Span> parts = new ArrayList<>();
        int i = s.from();
        while (i < s.to() && !t.is(i, "END")) {
            if (!OF_BLOCKS.contains(t.word(i))) {
                return false;
            }
            int end = i;
            while (end < s.to() && !t.is(end, TokenType.SEMICOLON)) {
                end = t.skip(end, s.to());
            }
            int then = t.is(i, "IF") ? Clauses.find(t, i, end, "THEN") : i - 1;
            if (then == end) {
                return false;
            }
            i = then + 1;
            if (!t.isAny(i, "NULL", "COMMIT", "ROLLBACK")) {
                parts.add(new Span(i, end));
            }
            i = end + 1;
            i += t.is(i, "ELSE") ? 1 : 0;
            while (t.is(i, "END") && t.is(i + 1, "IF")) {
                i += t.is(i + 2, TokenType.SEMICOLON) ? 3 : 2;
            }
        }
        boolean ends = t.is(i, "END") && (i + 1 == s.to() || i + 2 == s.to() && t.is(i + 1, TokenType.SEMICOLON));
        if (!ends || parts.isEmpty() || !parts.stream().allMatch(part -> OF_BLOCKS.contains(t.word(part.from())))) {
            return false;
        }
        judge(parts);
        return true;
    }

    private void judge(List<Span> parts) {
        for (Span part : parts) {
            c.out().merge(statements.nested(part, c.repeated()));
        }
    }
}
