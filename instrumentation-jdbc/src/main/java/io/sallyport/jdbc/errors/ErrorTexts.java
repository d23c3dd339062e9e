package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What one vendor's errors may say. Stateless. */
public interface ErrorTexts {

    /** What {@code e} by itself may say; {@code null} where that is nothing. Never asked about a {@code BatchUpdateException}. */
    @Nullable
    Sayable of(SQLException e, OwnTexts own);

    /** Whether stored code of which no catalogue tells may have chosen the message: a trigger in Java. */
    default boolean isOfCode(SQLException e) {
        return false;
    }

    /** Every text that {@code e} by itself carries. */
    default String everything(SQLException e) {
        return String.valueOf(e.getMessage());
    }

    /** By the name that a target has for its vendor. Of a vendor that is not known nothing is said. */
    static ErrorTexts of(String vendor) {
        return switch (vendor) {
            case "postgresql" -> new PostgresqlErrors();
            case "h2" -> new H2Errors();
            case "mysql", "mysql+srv", "mariadb" -> new MysqlErrors();
            case "sqlite" -> new SqliteErrors();
            case "sqlserver" -> new SqlServerErrors();
            case "oracle" -> new OracleErrors();
            default -> (e, own) -> null;
        };
    }
}
