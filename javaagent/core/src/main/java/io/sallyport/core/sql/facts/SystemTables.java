package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables in which servers keep rights, objects and settings: writing to them is what GRANT, ALTER and SET do by another name. */
final class SystemTables {

    private static final Set<String> RIGHTS = Set.of(
            "pg_authid",
            "pg_auth_members",
            "pg_settings",
            "pg_db_role_setting",
            "pg_user_mapping",
            "pg_policy",
            "pg_default_acl",
            "user$",
            "sysauth$",
            "objauth$");
    private static final Set<String> OBJECTS = Set.of(
            "pg_class",
            "pg_proc",
            "pg_attribute",
            "pg_trigger",
            "pg_rewrite",
            "pg_index",
            "pg_constraint",
            "pg_database",
            "pg_namespace",
            "pg_type",
            "pg_language",
            "pg_extension",
            "sqlite_master",
            "sqlite_schema",
            "sqlite_temp_master",
            "sqlite_temp_schema");
    private static final Set<String> MYSQL_RIGHTS = Set.of(
            "user",
            "db",
            "global_priv",
            "tables_priv",
            "columns_priv",
            "procs_priv",
            "proxies_priv",
            "roles_mapping",
            "role_edges",
            "default_roles",
            "global_grants");
    /** The server loads libraries, or connects to others, by what stands in these. */
    private static final Set<String> MYSQL_LIBRARIES = Set.of("func", "plugin", "servers");

    /** PostgreSQL's views of the server's configuration files. */
    private static final Set<String> FILES = Set.of("pg_hba_file_rules", "pg_ident_file_mappings", "pg_file_settings");

    private static final Set<String> LARGE_OBJECTS = Set.of("pg_largeobject", "pg_largeobject_metadata");

    private static final Set<String> MYSQL_OBJECTS = Set.of("proc", "event");

    private SystemTables() {}

    /** Adds what the writes among the findings mean. */
    static void judge(Context c) {
        for (TableUse use : List.copyOf(c.out().tables())) {
            Effect effect =
                    use.access() == Access.WRITE ? effect(use) : FILES.contains(use.table()) ? Effect.FILE : null;
            if (effect != null) {
                c.effect(effect);
            }
            if (LARGE_OBJECTS.contains(use.table()) && unlinks(c)) {
                c.effect(Effect.EMPTY);
            }
        }
    }

    /** PostgreSQL: a large object less for each row of the catalogue. */
    private static boolean unlinks(Context c) {
        for (int i = 0; i < c.t().size(); i++) {
            if (c.t().isName(i) && c.t().name(i).equals("lo_unlink")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Effect effect(TableUse use) {
        String table = use.table();
        if ("mysql".equals(use.schema())) {
            return MYSQL_RIGHTS.contains(table)
                    ? Effect.PRIVILEGE_WRITE
                    : MYSQL_LIBRARIES.contains(table)
                            ? Effect.FILE_WRITE
                            : MYSQL_OBJECTS.contains(table) ? Effect.DROP : null;
        }
        return RIGHTS.contains(table) ? Effect.PRIVILEGE_WRITE : OBJECTS.contains(table) ? Effect.DROP : null;
    }
}
