package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What engines do as soon as a statement is prepared: SQLite carries out some pragmas, H2 runs the table functions whose columns it wants to know
 * ({@code CSVREAD} opens its file, an alias is code of the application). Such a text is decided when it is prepared, and once more when it is executed; one that has to be approved is
 * refused here, since it would have to be approved twice. Run it by a plain statement.
 */
public final class RunByPreparing {

    /** A function that stands for a table, or may: behind a comma it can be one of the values as well. */
    private static final Pattern TABLE_FUNCTION = Pattern.compile(
            "(?i)(?:\\b(?:FROM|JOIN|LATERAL|TABLE\\s*\\()|,)\\s*(?:\"?[\\w$]+\"?\\s*\\.\\s*)*\"?([\\w$]+)\"?\\s*\\(");

    private RunByPreparing() {}

    /** A connection is about to prepare {@code sql}. */
    public static void demand(@Nullable ConnectionState connection, @Nullable String sql) throws SQLException {
        if (connection == null || sql == null || connection.inside() != null || !mayRun(connection)) {
            return;
        }
        SqlAnalysis analysis = Executions.analyse(connection, sql);
        if (!runs(analysis, connection.currentCatalogue())) {
            return;
        }
        try {
            Jdbc.current().gate().admitNested(command(connection, analysis)).completed(-1);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    private static boolean mayRun(ConnectionState connection) {
        return switch (connection.target().vendor()) {
            case "h2", "sqlite" -> true;
            default -> false;
        };
    }

    private static boolean runs(SqlAnalysis analysis, Catalogue known) {
        return switch (analysis.dialect()) {
            case SQLITE ->
                analysis.kinds().contains(StatementKind.SESSION)
                        || analysis.kinds().contains(StatementKind.ADMIN);
            default ->
                analysis.kinds().contains(StatementKind.READ)
                        && (analysis.facts().fileOrOsAccess()
                                || analysis.facts().opaque()
                                || callsForColumns(analysis, known));
        };
    }

    private static boolean callsForColumns(SqlAnalysis analysis, Catalogue known) {
        return known.hasFunctions()
                && TABLE_FUNCTION
                        .matcher(analysis.sql())
                        .results()
                        .anyMatch(call -> known.hasFunction(Names.fold(call.group(1))));
    }

    private static SqlCommand command(ConnectionState connection, SqlAnalysis analysis) {
        return new SqlCommand(
                connection.target(),
                connection.session(),
                Jdbc.current().callSites().of(analysis),
                analysis,
                List.of(),
                connection.transaction());
    }
}
