package io.sallyport.core.sql;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Statements after which a server has committed, although they are no COMMIT. */
final class ImplicitCommit {

    /**
     * Servers that commit before DDL (H2, "Transaction Isolation"; MySQL, "Statements That Cause an Implicit Commit"; Oracle, "COMMIT");
     * of an unknown one the worse is taken.
     */
    private static final Set<Dialect> COMMIT_BEFORE_DDL =
            EnumSet.of(Dialect.H2, Dialect.MYSQL, Dialect.ORACLE, Dialect.GENERIC);

    /** All that is known to stay; locks, the care of tables (ANALYZE, REPAIR) and most of H2's settings may not. */
    private static final Set<StatementKind> STAY = EnumSet.of(
            StatementKind.READ,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.EXPLAIN,
            StatementKind.MULTI);

    private ImplicitCommit() {}

    static TransactionStep of(Dialect dialect, String sql, String shape, Set<StatementKind> kinds, SqlFacts facts) {
        boolean before = COMMIT_BEFORE_DDL.contains(dialect);
        if (before && (facts.ddl() || facts.privilege() || kinds.contains(StatementKind.TRUNCATE))) {
            return TransactionStep.COMMITS_BEFORE;
        }
        if (mentionsAutocommit(sql)) {
            return TransactionStep.MAY_COMMIT;
        }
        if (!before) {
            return TransactionStep.GOES_ON;
        }
        boolean stays = kinds.stream()
                .allMatch(kind ->
                        STAY.contains(kind) || kind == StatementKind.SESSION && isPlainSetting(dialect, shape, kinds));
        return stays && !facts.opaque() ? TransactionStep.GOES_ON : TransactionStep.MAY_COMMIT;
    }

    /** Switching it on commits. The text and not the shape, since the setting's name may stand in quotes. */
    private static boolean mentionsAutocommit(String sql) {
        String text = sql.toUpperCase(Locale.ROOT);
        // SQL Server's word for the same.
        return text.contains("AUTOCOMMIT") || text.contains("IMPLICIT_TRANSACTIONS");
    }

    /** MySQL's settings commit nothing; elsewhere only a variable (which the shape shows as a value) is known to. */
    private static boolean isPlainSetting(Dialect dialect, String shape, Set<StatementKind> kinds) {
        String text = shape.strip().toUpperCase(Locale.ROOT);
        if (dialect == Dialect.MYSQL) {
            return text.startsWith("SET ") || text.startsWith("USE ");
        }
        return text.startsWith("SET ?") && !kinds.contains(StatementKind.MULTI);
    }
}
