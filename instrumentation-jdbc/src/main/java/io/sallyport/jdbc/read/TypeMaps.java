package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.weaving.StateField;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Getters that hand a value to a class of the application's before they return: one that a type map names ({@code SQLData.readSQL}),
 * the getter's own or the connection's, or a vendor's factory. The class would see a masked value before any mask, so a masked column
 * is not read that way.
 */
public final class TypeMaps {

    private TypeMaps() {}

    /**
     * @param how the getter's second argument, where it has one
     * @throws SQLFeatureNotSupportedException the column is masked, or nobody knows whether it is
     */
    public static void demandClear(Object carrier, @Nullable Object column, @Nullable Object how) throws SQLException {
        Object state = StateField.get(carrier);
        if (state == SallyportGate.NOTHING
                || state instanceof ResultState result
                        && column != null
                        && carrier instanceof ResultSet rows
                        && !result.masks(rows, column)
                || state instanceof CallableState call && !call.isMasked(column)) {
            return;
        }
        if (isHandedOut(carrier, how)) {
            throw new SQLFeatureNotSupportedException(
                    "this column is masked by policy; read it without a type map or a factory", "0A000");
        }
    }

    private static boolean isHandedOut(Object carrier, @Nullable Object how) {
        if (how instanceof Map<?, ?> map) {
            return !map.isEmpty();
        } else if (how instanceof Class<?> type) {
            return SQLData.class.isAssignableFrom(type) || connectionMaps(carrier);
        }
        boolean factory = how != null && !(how instanceof Number) && !(how instanceof Calendar);
        return factory || connectionMaps(carrier);
    }

    /** The map itself is asked, since applications put classes into the one that they got. */
    private static boolean connectionMaps(Object carrier) {
        Connection connection = StructuredReads.connection(carrier);
        try {
            Map<String, Class<?>> map = connection == null ? null : connection.getTypeMap();
            return map != null && !map.isEmpty();
        } catch (SQLFeatureNotSupportedException none) {
            return false;
        } catch (SQLException | RuntimeException unknown) {
            return true;
        }
    }
}
