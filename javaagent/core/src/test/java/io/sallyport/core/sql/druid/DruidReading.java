package io.sallyport.core.sql.druid;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.SQLUtils;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.visitor.SchemaStatVisitor;
import com.alibaba.druid.stat.TableStat;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * What Druid's parser says of a text.
 *
 * @param kinds policy names of the kinds of its statements, where Druid has a class for them
 * @param tables last parts of the tables' names, folded
 * @param written those of them that are written
 */
record DruidReading(Set<String> kinds, Set<String> tables, Set<String> written) {

    /** Druid notes each CREATE TABLE. */
    private static final Logger LOG = Logger.getLogger("com.alibaba.druid.sql.repository.SchemaRepository");

    static {
        LOG.setLevel(Level.WARNING);
    }

    /** Empty where Druid can't parse the text, or fails on its own tree. */
    static Optional<DruidReading> of(Dialect dialect, String sql) {
        Set<String> kinds = new TreeSet<>();
        Set<String> tables = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        try {
            List<SQLStatement> statements = SQLUtils.parseStatements(sql, type(dialect));
            for (SQLStatement statement : statements) {
                kind(statement.getClass()).ifPresent(kinds::add);
                SchemaStatVisitor visitor = SQLUtils.createSchemaStatVisitor(type(dialect));
                statement.accept(visitor);
                for (Map.Entry<TableStat.Name, TableStat> entry :
                        visitor.getTables().entrySet()) {
                    String table = fold(entry.getKey().getName());
                    tables.add(table);
                    if (isWritten(entry.getValue())) {
                        written.add(table);
                    }
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
        return Optional.of(new DruidReading(kinds, tables, written));
    }

    /** What this reading has and {@code ours} lacks; empty where it lacks nothing. */
    String missing(SqlAnalysis ours) {
        Set<String> ourTables =
                ours.tables().stream().map(TableUse::table).collect(Collectors.toCollection(TreeSet::new));
        return ourTables.containsAll(tables) ? disagreement(ours, tables) : disagreement(ours);
    }

    /** What this reading and {@code ours} disagree on; empty where they agree. */
    String disagreement(SqlAnalysis ours) {
        return disagreement(
                ours, ours.tables().stream().map(TableUse::table).collect(Collectors.toCollection(TreeSet::new)));
    }

    private String disagreement(SqlAnalysis ours, Set<String> ourTables) {
        Set<String> ourKinds =
                ours.kinds().stream().map(StatementKind::policyName).collect(Collectors.toCollection(TreeSet::new));
        Set<String> ourWritten = ours.tables().stream()
                .filter(use -> use.access() == TableUse.Access.WRITE)
                .map(TableUse::table)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ourKinds.containsAll(kinds)) {
            return "kinds: druid " + kinds + ", ours " + ourKinds;
        }
        if (!ourTables.equals(tables)) {
            return "tables: druid " + tables + ", ours " + ourTables;
        }
        return ourWritten.containsAll(written) ? "" : "written: druid " + written + ", ours " + ourWritten;
    }

    private static DbType type(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> DbType.postgresql;
            case MYSQL -> DbType.mysql;
            case TSQL -> DbType.sqlserver;
            case ORACLE -> DbType.oracle;
            case H2 -> DbType.h2;
            case SQLITE -> DbType.sqlite;
            case GENERIC -> DbType.other;
        };
    }

    private static Optional<String> kind(Class<?> statement) {
        for (Class<?> c = statement; c != null; c = c.getSuperclass()) {
            String kind = switch (c.getSimpleName()) {
                case "SQLSelectStatement" -> "read";
                case "SQLInsertStatement", "SQLReplaceStatement", "OracleMultiInsertStatement" -> "insert";
                case "SQLUpdateStatement" -> "update";
                case "SQLDeleteStatement" -> "delete";
                case "SQLMergeStatement" -> "merge";
                case "SQLTruncateStatement" -> "truncate";
                case "SQLGrantStatement", "SQLRevokeStatement" -> "grant_revoke";
                case "SQLExplainStatement" -> "explain";
                case "SQLCallStatement" -> "call";
                case "SQLStartTransactionStatement",
                        "SQLCommitStatement",
                        "SQLRollbackStatement",
                        "SQLSavePointStatement" -> "transaction";
                default -> byPrefix(c.getSimpleName());
            };
            if (!kind.isEmpty()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String byPrefix(String name) {
        return name.startsWith("SQLDrop")
                ? "drop"
                : name.startsWith("SQLAlter")
                        ? "alter"
                        : name.startsWith("SQLCreate") ? "create" : name.startsWith("SQLShow") ? "read" : "";
    }

    private static boolean isWritten(TableStat stat) {
        return stat.getInsertCount()
                        + stat.getUpdateCount()
                        + stat.getDeleteCount()
                        + stat.getMergeCount()
                        + stat.getDropCount()
                        + stat.getCreateCount()
                        + stat.getAlterCount()
                > 0;
    }

    private static String fold(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.replaceAll("[\"`\\[\\]]", "").toLowerCase(Locale.ROOT);
    }
}
