package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.connect.KnownWrappers;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.jdbc.state.Transparent;
import io.sallyport.weaving.StateField;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Reads on behalf of carriers that have no state yet, and of those whose class could not take a field.
 *
 * <p>Results of governed statements get their state before the application sees them, so what is left are results that a driver
 * makes up ({@code DatabaseMetaData}, {@code Array.getResultSet}), wrappers' results, results of a governed statement that reached
 * the application by another way, and results from before the agent, which are withheld.
 */
public final class UndecidedReader implements SallyportReader {

    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        return of(carrier) instanceof SallyportReader reader ? reader.enter(carrier, column) : null;
    }

    @Override
    public @Nullable SallyportReader enterAsking(Object carrier, @Nullable Object column) {
        return of(carrier) instanceof SallyportReader reader ? reader.enterAsking(carrier, column) : null;
    }

    private static Object of(Object carrier) {
        Object state = StateField.get(carrier);
        if (state == null) {
            return decide(carrier);
        }
        return state == SallyportGate.SPOILT ? Withheld.RESULT : state;
    }

    /** Never called: getters end at the readers that {@link #enter} delegates to. */
    @Override
    public @Nullable Object exit(
            Object carrier,
            String method,
            String returnType,
            @Nullable Object column,
            @Nullable Object second,
            @Nullable Object value,
            @Nullable Throwable thrown) {
        return Withheld.RESULT.exit(carrier, method, returnType, column, second, value, thrown);
    }

    private static Object decide(Object carrier) {
        Object state = carrier instanceof ResultSet result ? ofResult(result) : ofCallable(carrier);
        if (state == Withheld.RESULT) {
            Jdbc.current()
                    .gate()
                    .alarm("a result of unknown origin was read; class "
                            + carrier.getClass().getName());
            if (!Jdbc.current().enforcing()) {
                state = SallyportGate.NOTHING;
            }
        }
        StateField.set(carrier, state);
        return state;
    }

    private static Object ofResult(ResultSet result) {
        if (KnownWrappers.handle(result)) {
            return SallyportGate.NOTHING;
        }
        if (DriverCode.isFeigned(result, "getStatement")) {
            return Withheld.RESULT;
        }
        Statement statement;
        try {
            statement = result.getStatement();
        } catch (SQLException | RuntimeException closed) {
            // A proxy has no values but those of its handler, who read them through getters or made them up.
            return Proxy.isProxyClass(result.getClass()) ? SallyportGate.NOTHING : Withheld.RESULT;
        }
        if (statement == null) {
            return SallyportGate.NOTHING;
        }
        Object state = StateField.get(statement);
        if (state instanceof StatementState s) {
            Obligations last = s.obligations();
            if (last == null && !StateField.injected(statement)) {
                // It was executed before the agent was attached.
                return Withheld.RESULT;
            }
            return last == null ? SallyportGate.NOTHING : ResultState.demandedBy(last, s, null);
        }
        return state == Transparent.WRAPPER ? SallyportGate.NOTHING : Withheld.RESULT;
    }

    private static Object ofCallable(Object carrier) {
        // A callable statement whose preparation was not seen cannot be executed, so it has nothing to read.
        return carrier instanceof CallableStatement ? Transparent.WRAPPER : Withheld.RESULT;
    }
}
