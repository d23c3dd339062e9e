package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where statements of T-SQL start and end, which need no semicolon between them: a reserved word that starts a statement splits, unless it is
 * part of the one before. Confined to one thread.
 */
public final class TsqlStatements {

    private static final Set<String> STARTS = Set.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "DROP",
            "CREATE",
            "ALTER",
            "TRUNCATE",
            "GRANT",
            "REVOKE",
            "DENY",
            "EXEC",
            "EXECUTE",
            "BACKUP",
            "RESTORE",
            "SHUTDOWN",
            "KILL",
            "DBCC",
            "BULK",
            "USE",
            "SET",
            "DECLARE",
            "IF",
            "WHILE",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVE",
            "REVERT",
            "PRINT",
            "RAISERROR",
            "THROW",
            "WAITFOR",
            "RETURN",
            "OPEN",
            "CLOSE",
            "DEALLOCATE",
            "RECONFIGURE",
            "CHECKPOINT",
            "ELSE",
            "END");
    private static final Set<String> DROPPABLE = Set.of(
            "TABLE",
            "DATABASE",
            "VIEW",
            "SCHEMA",
            "PROCEDURE",
            "PROC",
            "FUNCTION",
            "USER",
            "LOGIN",
            "ROLE",
            "TRIGGER",
            "SEQUENCE");

    private final Tokens t;
    private final Map<String, int[]> searched = new HashMap<>();
    private int searchedFrom = -1;

    TsqlStatements(Tokens t) {
        this.t = t;
    }

    /** Where the T-SQL statement that starts at {@code start} ends, at most {@code to}. */
    public static int endOf(Tokens t, int start, int to) {
        TsqlStatements statements = new TsqlStatements(t);
        int cases = 0;
        for (int i = start + 1; i < to; i = t.skip(i, to)) {
            if (t.is(i, TokenType.SEMICOLON)) {
                return i;
            }
            if (t.is(i, "CASE")) {
                cases++;
            } else if (t.is(i, "END") && cases > 0) {
                cases--;
            } else if (cases == 0 && statements.startsAt(start, i)) {
                return i;
            }
        }
        return to;
    }

    /** Whether another statement starts at {@code i}, outside brackets, where one has started at {@code start}. */
    boolean startsAt(int start, int i) {
        String word = t.word(i);
        if (!STARTS.contains(word) || t.is(i - 1, TokenType.DOT) || t.is(i + 1, TokenType.DOT)) {
            return false;
        }
        String first = t.word(start);
        if (t.isAny(start, "IF", "WHILE", "ELSE")
                || t.is(start, "BEGIN") && !t.isAny(start + 1, "TRAN", "TRANSACTION", "DISTRIBUTED")) {
            // A block: the classifier looks into it.
            return false;
        }
        String before = t.word(i - 1);
        if (before.equals("WITH")) {
            return false;
        }
        return switch (word) {
            case "SELECT" ->
                !(Words.SET_OPERATIONS.contains(before)
                                || before.equals("ALL")
                                || before.equals("FOR")
                                || before.equals("AS"))
                        && !(first.equals("INSERT") && !hasSource(start, i))
                        && !(first.equals("WITH") && !hasMain(start, i))
                        && !(first.equals("WITH") && contains(start, i, "INSERT") && !hasSource(start, i))
                        && !grants(start, i);
            case "INSERT", "UPDATE", "DELETE", "MERGE" ->
                !before.equals("THEN")
                        && !(before.equals("ON") && (first.equals("CREATE") || first.equals("ALTER")))
                        && !before.equals("FOR")
                        && !before.equals("BULK")
                        && !(first.equals("WITH") && !hasMain(start, i))
                        && !t.is(i + 1, TokenType.LEFT_PAREN)
                        && !grants(start, i);
            case "SET" ->
                !before.equals("UPDATE")
                        && !before.equals("ON")
                        && !before.equals("ALTER")
                        && !((first.equals("UPDATE") || first.equals("WITH")) && !contains(start, i, "SET"))
                        && !first.equals("ALTER");
            case "EXEC", "EXECUTE" -> !(first.equals("INSERT") && !hasSource(start, i)) && !grants(start, i);
            case "DROP", "ALTER", "CREATE" ->
                !grants(start, i) && (!first.equals("ALTER") || DROPPABLE.contains(t.word(i + 1)));
            case "IF" -> !(t.is(i + 1, "EXISTS") && !t.is(i + 2, TokenType.LEFT_PAREN)) && !before.equals("TABLE");
            case "USE", "OPEN", "CLOSE", "RETURN", "KILL" -> !first.equals("ALTER") && !first.equals("GRANT");
            case "BEGIN" -> !first.equals("WITH");
            case "CHECKPOINT" -> true;
            case "DECLARE", "GRANT", "REVOKE", "DENY" -> !grants(start, i);
            case "BACKUP" -> !grants(start, i);
            default -> true;
        };
    }

    /** Inside the list of rights of GRANT, REVOKE or DENY. */
    private boolean grants(int start, int i) {
        return t.isAny(start, "GRANT", "REVOKE", "DENY") && !contains(start, i, "TO") && !contains(start, i, "FROM");
    }

    private boolean hasSource(int start, int i) {
        return contains(start, i, "VALUES")
                || contains(start, i, "SELECT")
                || contains(start, i, "EXEC")
                || contains(start, i, "EXECUTE")
                || contains(start, i, "DEFAULT");
    }

    private boolean hasMain(int start, int i) {
        return contains(start, i, "SELECT")
                || contains(start, i, "UPDATE")
                || contains(start, i, "DELETE")
                || contains(start, i, "INSERT")
                || contains(start, i, "MERGE");
    }

    /** Whether {@code word} stands in {@code [from, to)}; remembers how far it has looked, so that a statement is searched once. */
    private boolean contains(int from, int to, String word) {
        if (searchedFrom != from) {
            searchedFrom = from;
            searched.clear();
        }
        int[] state = searched.computeIfAbsent(word, w -> new int[] {from, -1});
        while (state[1] < 0 && state[0] < to) {
            if (t.is(state[0], word)) {
                state[1] = state[0];
            }
            state[0] = t.skip(state[0], t.size());
        }
        return state[1] >= 0 && state[1] < to;
    }
}
