package io.sallyport.jdbc.read;

import io.sallyport.core.mask.ColumnType;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** What a result's metadata say of the values of a column, where the driver knows it without asking the server. */
final class ColumnTypes {

    private ColumnTypes() {}

    static ColumnType of(ResultSetMetaData about, int column, ConnectionState connection) {
        try {
            return connection.target().vendor().equals("postgresql")
                    ? postgresql(about, column)
                    : standard(about, column, connection);
        } catch (SQLException | RuntimeException unknown) {
            return ColumnType.UNKNOWN;
        }
    }

    /**
     * pgjdbc's {@code TypeInfoCache} asks the server for the name and class of a type that it has not met; precision, scale and sign it has
     * from the number of the type and its modifier. Whether text is {@code CHAR} shows in the blanks of the values.
     */
    private static ColumnType postgresql(ResultSetMetaData about, int column) throws SQLException {
        int precision = about.getPrecision(column);
        if (!about.isSigned(column)) {
            return about.isCaseSensitive(column) ? ColumnType.text(limited(precision), false) : ColumnType.UNKNOWN;
        }
        int scale = about.getScale(column);
        if (scale == 0 && (precision == 5 || precision == 10 || precision == 19)) {
            // smallint, integer and bigint; a numeric of so many digits holds their values or fewer.
            return ColumnType.integer(precision == 5 ? 16 : precision == 10 ? 32 : 64, true);
        }
        boolean real = (precision == 8 && scale == 8) || (precision == 17 && scale == 17);
        return real ? ColumnType.UNKNOWN : ColumnType.decimal(precision, scale);
    }

    private static ColumnType standard(ResultSetMetaData about, int column, ConnectionState connection)
            throws SQLException {
        return switch (about.getColumnType(column)) {
            case Types.CHAR, Types.NCHAR -> ColumnType.text(limited(about.getPrecision(column)), !connection.isMysql());
            case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR ->
                ColumnType.text(limited(about.getPrecision(column)), false);
            case Types.BINARY -> ColumnType.binary(limited(about.getPrecision(column)), true);
            case Types.VARBINARY, Types.LONGVARBINARY -> ColumnType.binary(limited(about.getPrecision(column)), false);
            case Types.TINYINT -> ColumnType.integer(8, about.isSigned(column));
            case Types.SMALLINT -> ColumnType.integer(16, about.isSigned(column));
            case Types.INTEGER -> integer(about, column);
            case Types.BIGINT -> ColumnType.integer(64, about.isSigned(column));
            case Types.NUMERIC, Types.DECIMAL -> ColumnType.decimal(about.getPrecision(column), about.getScale(column));
            default -> ColumnType.UNKNOWN;
        };
    }

    /** MySQL's MEDIUMINT is an integer of 24 bits. */
    private static ColumnType integer(ResultSetMetaData about, int column) throws SQLException {
        boolean medium = about.getColumnTypeName(column)
                .toUpperCase(java.util.Locale.ROOT)
                .startsWith("MEDIUMINT");
        return ColumnType.integer(medium ? 24 : 32, about.isSigned(column));
    }

    /** Some drivers give the size of a text without a limit in place of none. */
    private static int limited(int precision) {
        return precision >= 1_000_000 ? 0 : precision;
    }
}
