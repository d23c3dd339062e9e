package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.KeyColumns;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Generated keys are a result like any other, with columns in the order in which they were asked for. So a statement that is asked for
 * them is read as what it becomes:
 *
 * <ul>
 *   <li>pgjdbc and Oracle's driver append {@code RETURNING} with the names, which may be whole expressions, and are judged with the rest;
 *   <li>engines like H2 and HSQLDB look the names up in the table, as a query of these columns does;
 *   <li>SQLite's driver, and those of MySQL, SQL Server and Derby, tell the last number that was given, whatever was asked for. It is as masked as
 *       what the statement itself writes.
 * </ul>
 */
final class KeyRequest {

    private static final Set<StatementKind> RETURNING =
            Set.of(StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE, StatementKind.MERGE);

    private static final Set<String> TELL_LAST_NUMBER = Set.of("mysql", "mysql+srv", "mariadb", "sqlserver", "derby");

    /** Engines that take a name for a column's, whatever it looks like. */
    private static final Set<String> TAKE_NAMES_ONLY = Set.of("h2", "hsqldb");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$#]*");

    private KeyRequest() {}

    static SqlAnalysis withKeys(ConnectionState connection, SqlAnalysis plain, KeyColumns keys) {
        if (!keys.asked() || Collections.disjoint(RETURNING, plain.kinds())) {
            return plain;
        }
        if (TELL_LAST_NUMBER.contains(vendor(connection))) {
            return plain.lineage().items().isEmpty() && !plain.facts().multi() ? numbered(plain) : plain;
        }
        if (plain.facts().multi()) {
            // Each of them is asked for keys.
            return plain.withUnknownOutput();
        }
        if (!RETURNING.contains(plain.kind()) || !plain.lineage().items().isEmpty()) {
            return plain;
        }
        String clause = clause(connection, keys.names());
        return clause == null ? looked(connection, plain, keys) : appended(connection, plain, clause, keys);
    }

    /** One number, which a statement that copies into the key tells of the copied value (MySQL: {@code mysql_insert_id}). */
    private static SqlAnalysis numbered(SqlAnalysis plain) {
        Set<ColumnOrigin> copied = new HashSet<>();
        plain.lineage().copies().forEach(copy -> copied.addAll(copy.from()));
        return plain.withOutput(List.of(new OutputItem.Column(null, copied, true)));
    }

    private static String vendor(ConnectionState connection) {
        return connection.target().vendor();
    }

    /** What stands behind {@code RETURNING}; {@code null} where the names never become a part of a text. */
    private static @Nullable String clause(ConnectionState connection, List<String> names) {
        boolean all = names.isEmpty() || names.size() == 1 && names.get(0).startsWith("*");
        switch (connection.dialect()) {
            case SQLITE:
                // Under the name that the driver's own question gives it.
                return "rowid AS \"last_insert_rowid()\"";
            case POSTGRESQL:
                return all ? "*" : isQuoted(connection) ? quoted(names) : String.join(", ", names);
            case ORACLE:
                return all ? "*" : String.join(", ", names);
            default:
                boolean columns = TAKE_NAMES_ONLY.contains(vendor(connection))
                        || names.stream().allMatch(name -> PLAIN.matcher(name).matches());
                return columns ? null : String.join(", ", names);
        }
    }

    /** {@code quoteReturningIdentifiers} of pgjdbc is on unless it says {@code false}. */
    private static boolean isQuoted(ConnectionState connection) {
        String setting = connection.opened().settings().get("quoteReturningIdentifiers");
        return setting == null || setting.isEmpty() || Boolean.parseBoolean(setting);
    }

    private static SqlAnalysis appended(ConnectionState connection, SqlAnalysis plain, String clause, KeyColumns keys) {
        // As pgjdbc does it, which keeps the space before a semicolon.
        String text = plain.sql();
        for (String t = text.stripTrailing(); t.endsWith(";"); t = text.stripTrailing()) {
            text = t.substring(0, t.length() - 1);
        }
        SqlAnalysis keyed = Executions.analyse(connection, text + "\nRETURNING " + clause);
        boolean untold = keyed.facts().opaque() && !plain.facts().opaque();
        // What the caller gave may do more than to return; the clause that the driver makes by itself does not.
        return untold && keys.names().isEmpty() ? plain.withUnknownOutput() : keyed;
    }

    private static SqlAnalysis looked(ConnectionState connection, SqlAnalysis plain, KeyColumns keys) {
        List<TableUse> written = plain.tables().stream()
                .filter(t -> t.access() == TableUse.Access.WRITE)
                .toList();
        if (written.size() != 1) {
            return plain.withUnknownOutput();
        }
        TableUse table = written.get(0);
        String of = table.schema() == null
                ? names(List.of(table.table()))
                : names(List.of(table.schema())) + "." + names(List.of(table.table()));
        if (keys.names().isEmpty()) {
            // Which of the table's columns, the engine chooses.
            return plain.withOutputOf(Executions.analyse(connection, "SELECT * FROM " + of))
                    .withOutput(List.of(new OutputItem.Star(table.schema(), table.table())));
        }
        return plain.withOutputOf(Executions.analyse(connection, "SELECT " + names(keys.names()) + " FROM " + of));
    }

    /** Quoted where they have to be: to a dialect that is not known, what is in quotes may be a text. */
    private static String names(List<String> names) {
        return names.stream()
                .map(name -> PLAIN.matcher(name).matches() ? name : quoted(List.of(name)))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(List<String> names) {
        return names.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    }
}
