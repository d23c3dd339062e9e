package io.sallyport.jdbc.read;

import io.sallyport.core.mask.ResultColumn;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A result's columns as the policy sees them; base tables where the driver knows them without asking the server. */
final class ResultColumns {

    private ResultColumns() {}

    static List<ResultColumn> of(ResultSetMetaData about, ConnectionState connection) throws SQLException {
        boolean baseNames = connection.baseNamesFree();
        int count = about.getColumnCount();
        List<ResultColumn> columns = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            columns.add(
                    baseNames
                            ? new ResultColumn(
                                    about.getColumnLabel(i),
                                    BaseNames.schema(about, i, connection),
                                    BaseNames.emptyToNull(about.getTableName(i)),
                                    BaseNames.emptyToNull(about.getColumnName(i)),
                                    ColumnTypes.of(about, i, connection))
                            : new ResultColumn(
                                    about.getColumnLabel(i), null, null, null, ColumnTypes.of(about, i, connection)));
        }
        return columns;
    }
}
