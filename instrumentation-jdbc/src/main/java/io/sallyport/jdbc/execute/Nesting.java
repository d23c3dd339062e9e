package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a statement that runs inside an admitted call is part of it. Drivers nest for real (rewritten batches, catalogue lookups,
 * {@code SET} statements behind {@code Connection} methods), and so does application code that a driver calls back (log handlers,
 * streams, converters): whatever exceeds the admitted call is decided anew.
 */
final class Nesting {

    private static final Set<StatementKind> HOUSEKEEPING =
            EnumSet.of(StatementKind.READ, StatementKind.SESSION, StatementKind.TRANSACTION, StatementKind.EXPLAIN);

    private static final SqlFacts JOINED = new SqlFacts(false, false, false, false, false, true, false, false);

    private Nesting() {}

    /** A write of the same effect on the same tables that returns nothing, or a look into the system's catalogue. */
    static boolean covers(SqlAnalysis outer, SqlAnalysis inner) {
        if (isForItself(inner)) {
            return true;
        }
        return inner.lineage().items().isEmpty()
                && inner.lineage().exact()
                && !inner.kinds().contains(StatementKind.READ)
                && outer.kinds().containsAll(inner.kinds())
                && outer.tables().containsAll(inner.tables())
                && outer.risk().compareTo(inner.risk()) >= 0
                && outer.facts().or(inner.facts()).equals(outer.facts());
    }

    /** What drivers look up while they do something else. */
    static boolean isForItself(SqlAnalysis inner) {
        return isCatalogueRead(inner) || isKeyOfSqlite(inner);
    }

    /** The writes of an admitted batch, joined to one text by the driver ({@code rewriteBatchedStatements}). */
    static boolean coversJoined(List<SqlAnalysis> outer, SqlAnalysis inner) {
        Set<StatementKind> kinds = EnumSet.of(StatementKind.MULTI);
        Set<TableUse> tables = new HashSet<>();
        SqlFacts facts = JOINED;
        for (SqlAnalysis a : outer) {
            kinds.addAll(a.kinds());
            tables.addAll(a.tables());
            facts = facts.or(a.facts());
        }
        return inner.facts().multi()
                && inner.lineage().items().isEmpty()
                && !inner.kinds().contains(StatementKind.READ)
                && kinds.containsAll(inner.kinds())
                && tables.containsAll(inner.tables())
                && facts.or(inner.facts()).equals(facts);
    }

    /** A plain read of nothing but the tables that the admitted call uses. */
    static boolean isReadOfSameTables(SqlAnalysis outer, SqlAnalysis inner) {
        return inner.kinds().equals(Set.of(StatementKind.READ))
                && harmless(inner.facts())
                && namesOf(outer).containsAll(namesOf(inner));
    }

    private static Set<List<String>> namesOf(SqlAnalysis analysis) {
        Set<List<String>> names = new HashSet<>();
        for (TableUse t : analysis.tables()) {
            names.add(List.of(t.schema() == null ? "" : t.schema(), t.table()));
        }
        return names;
    }

    /** What a driver does on its own account behind methods that are no statements: {@code isValid}, {@code setReadOnly}, … */
    static boolean isHousekeeping(SqlAnalysis inner) {
        return inner.sql().isBlank()
                || (harmless(inner.facts())
                        && HOUSEKEEPING.containsAll(inner.kinds())
                        && SystemSchemas.only(inner.tables()));
    }

    /** What SQLite's driver asks after each insert, to answer {@code getGeneratedKeys}. */
    private static boolean isKeyOfSqlite(SqlAnalysis inner) {
        return inner.dialect() == Dialect.SQLITE && inner.sql().strip().equalsIgnoreCase("select last_insert_rowid();");
    }

    private static boolean isCatalogueRead(SqlAnalysis inner) {
        return !inner.tables().isEmpty()
                && inner.kinds().equals(Set.of(StatementKind.READ))
                && harmless(inner.facts())
                && SystemSchemas.only(inner.tables());
    }

    private static boolean harmless(SqlFacts f) {
        return !(f.destructive()
                || f.unboundedWrite()
                || f.ddl()
                || f.privilege()
                || f.fileOrOsAccess()
                || f.multi()
                || f.writes()
                || f.opaque());
    }
}
