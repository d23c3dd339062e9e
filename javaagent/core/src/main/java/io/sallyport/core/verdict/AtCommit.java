package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import java.util.EnumSet;
import java.util.Set;

/** Which statements may run before people are asked, because a rollback undoes them. */
final class AtCommit {

    private static final Set<StatementKind> UNDONE_BY_ROLLBACK = EnumSet.of(
            StatementKind.READ,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.TRUNCATE,
            StatementKind.CREATE,
            StatementKind.ALTER,
            StatementKind.DROP);

    /** Where DDL commits neither what came before nor itself. */
    private static final Set<Dialect> TRANSACTIONAL_DDL = EnumSet.of(Dialect.POSTGRESQL, Dialect.TSQL, Dialect.SQLITE);

    static final String INSTEAD = "Asked before execution although the rule says 'at: commit': the statement runs under"
            + " autocommit, or a rollback would not undo it. How many rows it changes is not known yet.";

    private AtCommit() {}

    static boolean canWait(Command command, HoldRequest request) {
        return request.commitWait() != null
                && command instanceof SqlCommand sql
                && sql.transaction() == TransactionState.IN_TRANSACTION
                && isUndoneByRollback(sql.analysis());
    }

    private static boolean isUndoneByRollback(SqlAnalysis analysis) {
        boolean ddl = analysis.facts().ddl()
                || analysis.kinds().contains(StatementKind.TRUNCATE)
                || analysis.kinds().contains(StatementKind.DROP);
        return UNDONE_BY_ROLLBACK.containsAll(analysis.kinds())
                && !analysis.facts().opaque()
                && !analysis.facts().multi()
                && !analysis.facts().fileOrOsAccess()
                && !analysis.facts().privilege()
                && (!ddl || TRANSACTIONAL_DDL.contains(analysis.dialect()));
    }
}
