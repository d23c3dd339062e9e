package io.sallyport.jdbc.catalogue;

import io.sallyport.core.command.Target;
import io.sallyport.core.sql.Catalogue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one vendor's catalogue. Stateless. */
public interface CatalogueReader {

    /** Every text that {@link #read} sends: what is let through meanwhile, and nothing else. */
    Set<String> statements();

    /**
     * Reads the catalogue. Must not wait for long, and must leave no trace: the caller ends the transaction that it runs in.
     *
     * @param connection with auto-commit off
     */
    Catalogue read(Connection connection) throws SQLException;

    /** What holds where the catalogue could not be read: no relation is known, so each may hold anything. */
    Catalogue unread();

    /** Whether all connections to the target see the same schema. */
    default boolean isShared(Target target) {
        return true;
    }

    /** The reader of a JDBC sub-protocol; {@code null} where there is none, and views are not followed. */
    static @Nullable CatalogueReader of(String vendor) {
        return switch (vendor) {
            case "postgresql" -> PostgresqlCatalogue.INSTANCE;
            case "h2" -> H2Catalogue.INSTANCE;
            case "mysql", "mariadb" -> MysqlCatalogue.INSTANCE;
            case "sqlite" -> SqliteCatalogue.INSTANCE;
            default -> null;
        };
    }
}
