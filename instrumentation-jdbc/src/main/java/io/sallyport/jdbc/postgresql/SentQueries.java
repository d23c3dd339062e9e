package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.execute.SentText;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import java.lang.reflect.Constructor;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/** What {@code QueryExecutorImpl} is given to send inside a call: queries, a COPY by its text, a function by its number. */
final class SentQueries {

    private static final int HANDLER = 2;

    private SentQueries() {}

    static void demand(QueryExecutor executor, Object[] arguments, ConnectionState connection, Frame inside)
            throws SQLException {
        Object sent = arguments[0];
        if (sent instanceof Query query) {
            demandHandler(arguments);
            demand(executor, query, connection, inside);
        } else if (sent instanceof Query[] queries) {
            demandHandler(arguments);
            Query last = null;
            for (Query query : queries) {
                if (query != last) {
                    demand(executor, query, connection, inside);
                }
                last = query;
            }
        } else if (sent instanceof String copy) {
            SentText.demandSame(connection, inside, executor, copy);
        } else if (sent instanceof Integer function) {
            SentText.demandSame(connection, inside, executor, FastpathCalls.sql(function));
        }
    }

    private static void demand(QueryExecutor executor, Query query, ConnectionState connection, Frame inside)
            throws SQLException {
        SentText.demand(
                connection,
                inside,
                executor,
                query.getNativeSql(),
                (admitted, sent) -> isTranslation(executor, admitted, sent));
    }

    /** Whoever gets the rows gets them as they came. */
    private static void demandHandler(Object[] arguments) throws SQLException {
        Object handler = arguments.length > HANDLER ? arguments[HANDLER] : null;
        if (handler != null && !DriverCode.isOf(Query.class, handler.getClass())) {
            DriverCalls.refuse(
                    "postgresql", handler.getClass().getName() + " would get rows as they came. Use a Statement.");
        }
    }

    private static boolean isTranslation(QueryExecutor executor, String admitted, String sent) {
        try {
            return sent.equals(executor.createQuery(admitted, true, true).query.getNativeSql())
                    || sent.equals(
                            executor.createQuery(admitted, true, false).query.getNativeSql())
                    || sent.equals(called(executor, admitted));
        } catch (SQLException unreadable) {
            return false;
        }
    }

    /** What {@code prepareCall} makes of the text. */
    private static @Nullable String called(QueryExecutor executor, String admitted) throws SQLException {
        try {
            Constructor<?> key = Class.forName(
                            "org.postgresql.core.CallableQueryKey",
                            false,
                            executor.getClass().getClassLoader())
                    .getDeclaredConstructor(String.class);
            key.setAccessible(true);
            return executor.createQueryByKey(key.newInstance(admitted)).query.getNativeSql();
        } catch (ReflectiveOperationException anotherVersion) {
            return null;
        }
    }
}
