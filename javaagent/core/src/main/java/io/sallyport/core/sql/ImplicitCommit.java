package io.sallyport.core.sql;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a statement that is no COMMIT makes of the transaction it runs in; in ascending order of consequence. */
public enum ImplicitCommit {
    /** The transaction stays open. */
    NONE,
    /** It may end: servers or their settings differ, or the effect cannot be told. */
    POSSIBLE,
    /** The server commits what came before. */
    CERTAIN;

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

    /** Whether the answer is {@link #CERTAIN}; asked after every statement, it looks at no text. */
    static boolean isCertain(SqlAnalysis analysis) {
        SqlFacts facts = analysis.facts();
        return COMMIT_BEFORE_DDL.contains(analysis.dialect())
                && (facts.ddl() || facts.privilege() || analysis.kinds().contains(StatementKind.TRUNCATE));
    }

    static ImplicitCommit of(SqlAnalysis analysis) {
        if (isCertain(analysis)) {
            return CERTAIN;
        }
        if (mentionsAutocommit(analysis)) {
            return POSSIBLE;
        }
        if (!COMMIT_BEFORE_DDL.contains(analysis.dialect())) {
            return NONE;
        }
        boolean stays = analysis.kinds().stream()
                .allMatch(kind -> STAY.contains(kind) || kind == StatementKind.SESSION && isPlainSetting(analysis));
        return stays && !analysis.facts().opaque() ? NONE : POSSIBLE;
    }

    /** Switching it on commits. The text and not the shape, since the setting's name may stand in quotes. */
    private static boolean mentionsAutocommit(SqlAnalysis analysis) {
        return analysis.sql().toUpperCase(Locale.ROOT).contains("AUTOCOMMIT");
    }

    /** MySQL's settings commit nothing; elsewhere only a variable (which the shape shows as a value) is known to. */
    private static boolean isPlainSetting(SqlAnalysis analysis) {
        String shape = analysis.shape().strip().toUpperCase(Locale.ROOT);
        if (analysis.dialect() == Dialect.MYSQL) {
            return shape.startsWith("SET ") || shape.startsWith("USE ");
        }
        return shape.startsWith("SET ?") && !analysis.kinds().contains(StatementKind.MULTI);
    }
}
