package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.state.Frame;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements that a driver makes up by itself, inside or behind those of the application. */
final class DriverMade {

    /** MySQL's drivers keep OUT parameters in session variables and read them back in the middle of the call. */
    private static final String OUT_VARIABLE = "@`?com_mysql_jdbc_outparam_\\w+`?";

    private static final Pattern OUT_PARAMETERS =
            Pattern.compile("SELECT " + OUT_VARIABLE + "(?:, ?" + OUT_VARIABLE + ")*|SET " + OUT_VARIABLE + "=\\?");

    /** Built-in functions without arguments, under names that nobody else's routine can have there. */
    private static final Pattern HSQLDB = Pattern.compile(
            "CALL (?:CURRENT_SCHEMA|(?:USER|DATABASE_VERSION|DATABASE_ISOLATION_LEVEL|IS_READONLY_DATABASE|IS_READONLY_SESSION)\\(\\))",
            Pattern.CASE_INSENSITIVE);

    private DriverMade() {}

    /**
     * The text of a prepared statement that no {@code prepare} of the connection was seen for; {@code null} where the driver does not
     * tell. Connector/J makes such statements for {@code getMetaData} and for batches that it rewrites.
     */
    static @Nullable String text(Object statement) {
        if (!isOf(statement, "com.mysql.cj.jdbc.")) {
            return null;
        }
        try {
            Method told = statement.getClass().getMethod("getPreparedSql");
            return (String) told.invoke(statement);
        } catch (ReflectiveOperationException | RuntimeException silent) {
            return null;
        }
    }

    /**
     * Whether a prepared statement of unknown text is Derby's own: it keeps the queries behind {@code DatabaseMetaData} in its catalogue and
     * prepares them by no method of the connection, which no application can do.
     */
    static boolean isDerbysMetadata(Object statement, @Nullable Frame outer) {
        return outer instanceof DriverScope && isOf(statement, "org.apache.derby.impl.jdbc.");
    }

    /** Whether {@code inner} is what HSQLDB's driver calls to tell of itself: behind {@code getSchema}, {@code getUserName} and the like. */
    static boolean isHsqldbsMetadata(SqlAnalysis inner) {
        return HSQLDB.matcher(inner.sql()).matches();
    }

    /** What an application's subclass answers is not the driver's word. */
    private static boolean isOf(Object statement, String driver) {
        return statement.getClass().getName().startsWith(driver) && DriverCode.isPlain(statement);
    }

    /** Whether {@code inner} moves the OUT parameters of {@code outer}: what the getters of the call show, they mask. */
    static boolean isOutParameters(SqlAnalysis outer, SqlAnalysis inner) {
        return outer.kinds().contains(StatementKind.CALL)
                && OUT_PARAMETERS.matcher(inner.sql()).matches();
    }
}
