package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.TableUse;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Catalogues that drivers read on their own account. */
final class SystemSchemas {

    private static final Set<String> SCHEMAS = Set.of("pg_catalog", "information_schema", "sys");
    private static final Set<String> PASSWORDS =
            Set.of("pg_authid", "pg_shadow", "pg_user_mapping", "pg_user_mappings", "users");

    /** SQLite's catalogue, in any of its schemas. */
    private static final Set<String> SQLITE =
            Set.of("sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema");

    private SystemSchemas() {}

    static boolean only(List<TableUse> tables) {
        for (TableUse t : tables) {
            if (t.access() != TableUse.Access.READ || !harmless(t)) {
                return false;
            }
        }
        return true;
    }

    private static boolean harmless(TableUse use) {
        String table = use.table().toLowerCase(Locale.ROOT);
        String schema = use.schema() == null ? "" : use.schema().toLowerCase(Locale.ROOT);
        boolean system =
                SCHEMAS.contains(schema) || (schema.isEmpty() && table.startsWith("pg_")) || SQLITE.contains(table);
        return system && !PASSWORDS.contains(table);
    }
}
