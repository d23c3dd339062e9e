package io.sallyport.core.sql;

import java.util.Locale;

/** Lexical and semantic rules by which a statement is read. */
public enum Dialect {
    POSTGRESQL,
    /** MySQL and MariaDB. */
    MYSQL,
    /** Microsoft SQL Server. */
    TSQL,
    ORACLE,
    H2,
    SQLITE,
    /** Unknown driver: every ambiguity is read both ways and the worse reading counts. */
    GENERIC;

    /** The dialect of a JDBC sub-protocol ({@code postgresql}, {@code mariadb}, {@code sqlserver}, …). */
    public static Dialect ofVendor(String vendor) {
        return switch (vendor.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            case "sqlserver", "jtds" -> TSQL;
            case "oracle" -> ORACLE;
            case "h2" -> H2;
            case "sqlite" -> SQLITE;
            default -> GENERIC;
        };
    }

    /** Whether a word in double quotes may be a string where it is no known column's name. */
    public boolean mayQuoteValues() {
        return this == SQLITE || this == TSQL || this == GENERIC;
    }

    /** The name used on the command line. */
    public String cliName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
