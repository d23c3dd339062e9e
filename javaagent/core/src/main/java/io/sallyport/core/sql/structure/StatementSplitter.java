package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a text into the statements that the server would run.
 *
 * <p>Semicolons inside a routine's body don't split: {@code BEGIN … END} of a {@code CREATE PROCEDURE|FUNCTION|TRIGGER|EVENT} and of
 * an Oracle or T-SQL block are counted. In T-SQL a reserved word that starts a statement splits even without a semicolon.
 */
public final class StatementSplitter {

    private static final Set<String> ROUTINES =
            Set.of("PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "PACKAGE", "TYPE", "EVENT", "VIEW");
    private final Dialect dialect;
    private final Tokens t;
    private final TsqlStatements tsql;
    private final List<Span> parts = new ArrayList<>();

    private StatementSplitter(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
        this.tsql = new TsqlStatements(t);
    }

    /** The statements of {@code t}, without empty ones and without their semicolons. */
    public static List<Span> split(Dialect dialect, Tokens t) {
        StatementSplitter splitter = new StatementSplitter(dialect, t);
        splitter.run();
        return splitter.parts;
    }

    private void run() {
        int start = 0;
        int blocks = 0;
        int cases = 0;
        int i = 0;
        while (i < t.size()) {
            if (i == start && ownsRestOfText(i)) {
                int to = t.size();
                while (to > i && t.is(to - 1, TokenType.SEMICOLON)) {
                    to--;
                }
                add(start, to);
                return;
            }
            if (t.is(i, TokenType.SEMICOLON)) {
                if (blocks == 0) {
                    add(start, i);
                    start = i + 1;
                    cases = 0;
                }
                i++;
                continue;
            }
            if (t.is(i, TokenType.LEFT_PAREN)) {
                int close = t.match(i);
                i = close < 0 ? i + 1 : close + 1;
                continue;
            }
            String word = t.word(i);
            boolean endsCase = false;
            if (word.equals("CASE") && !t.is(i - 1, "END")) {
                cases++;
            } else if (word.equals("END")) {
                if (cases > 0) {
                    cases--;
                    endsCase = true;
                } else if (blocks > 0 && !t.isAny(i + 1, "IF", "LOOP", "WHILE", "REPEAT", "FOR")) {
                    blocks--;
                }
            } else if (word.equals("BEGIN") && i > start && hasBody(start) && opensBody(i)) {
                blocks++;
            }
            if (dialect == Dialect.TSQL && i > start && cases == 0 && !endsCase && tsql.startsAt(start, i)) {
                add(start, i);
                start = i;
            }
            i++;
        }
        if (blocks > 0) {
            // No body after all: a routine's name, or a text that the server refuses.
            plainly(start);
        } else {
            add(start, t.size());
        }
    }

    /** Splits what stands from {@code from} on at every semicolon outside brackets. */
    private void plainly(int from) {
        int start = from;
        for (int i = from; i < t.size(); i = t.skip(i, t.size())) {
            if (t.is(i, TokenType.SEMICOLON)) {
                add(start, i);
                start = i + 1;
            }
        }
        add(start, t.size());
    }

    private void add(int from, int to) {
        if (from < to) {
            parts.add(new Span(from, to));
        }
    }

    /** Whether the statement at {@code i} reaches to the end of the text whatever semicolons it holds. */
    private boolean ownsRestOfText(int i) {
        if (dialect == Dialect.ORACLE) {
            return t.isAny(i, "DECLARE")
                    || t.is(i, "BEGIN")
                    || t.isOp(i, "<<")
                    || t.is(i, "WITH") && t.isAny(i + 1, "FUNCTION", "PROCEDURE") && t.isName(i + 2)
                    || t.is(i, "CREATE") && createsRoutine(i);
        }
        if (dialect == Dialect.MYSQL) {
            return t.is(i, "BEGIN") && t.is(i + 1, "NOT") && t.is(i + 2, "ATOMIC");
        }
        if (dialect == Dialect.TSQL) {
            return t.isAny(i, "CREATE", "ALTER") && createsRoutine(i);
        }
        return false;
    }

    private boolean createsRoutine(int i) {
        for (int j = i + 1; j < i + 8; j++) {
            if (ROUTINES.contains(t.word(j))) {
                return dialect == Dialect.TSQL || !t.is(j, "VIEW");
            }
            if (t.isAny(j, "TABLE", "INDEX", "USER", "SCHEMA", "SEQUENCE", "AS", "ON")) {
                return false;
            }
        }
        return false;
    }

    /** Whether BEGIN inside the statement at {@code start} opens a body. */
    private boolean hasBody(int start) {
        return t.isAny(start, "CREATE", "ALTER") && createsRoutine(start);
    }

    /** BEGIN can be a name as well ({@code CREATE FUNCTION begin() …; DROP TABLE x; CREATE FUNCTION end() …}). */
    private boolean opensBody(int i) {
        if (dialect == Dialect.POSTGRESQL) {
            return t.is(i + 1, "ATOMIC");
        }
        boolean named =
                t.isAny(i - 1, "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "EXISTS", "ON", "FOLLOWS", "PRECEDES", "AS")
                        || t.is(i - 1, TokenType.DOT)
                        || t.is(i - 1, TokenType.COMMA)
                        || t.is(i - 1, TokenType.OPERATOR) && !t.isOp(i - 1, ":");
        boolean used = t.is(i + 1, TokenType.LEFT_PAREN)
                || t.is(i + 1, TokenType.DOT)
                || t.is(i + 1, TokenType.COMMA)
                || t.is(i + 1, TokenType.OPERATOR)
                || t.is(i + 1, TokenType.SEMICOLON);
        return !named && !used;
    }
}
