package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.Statement;
import java.util.Set;

/**
 * Generated keys are a result like any other: pgjdbc appends {@code RETURNING *} to the statement when they are asked for, and
 * other drivers return columns of the row as well. So the statement is judged with that clause.
 */
final class KeyRequest {

    private static final Set<StatementKind> RETURNING =
            Set.of(StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE, StatementKind.MERGE);

    private KeyRequest() {}

    /** Whether the arguments of {@code prepareStatement(sql, …)} or {@code execute…(sql, …)} ask for keys. */
    static boolean in(Object[] arguments) {
        if (arguments.length != 2) {
            return false;
        }
        Object how = arguments[1];
        return how instanceof int[]
                || how instanceof String[]
                || (how instanceof Integer flag && flag == Statement.RETURN_GENERATED_KEYS);
    }

    static SqlAnalysis withKeys(ConnectionState connection, SqlAnalysis plain) {
        // MySQL's drivers make the keys up from the last inserted id and send nothing else than they were given.
        if (connection.isMysql()
                || !RETURNING.contains(plain.kind())
                || !plain.lineage().items().isEmpty()) {
            return plain;
        }
        String returning = plain.sql().stripTrailing();
        while (returning.endsWith(";")) {
            returning = returning.substring(0, returning.length() - 1).stripTrailing();
        }
        SqlAnalysis keyed = Executions.analyse(connection, returning + "\nRETURNING *");
        // A dialect without the clause cannot tell; the plain reading stands, and what it returns has unknown origin.
        return keyed.facts().opaque() && !plain.facts().opaque() ? plain.withUnknownOutput() : keyed;
    }
}
