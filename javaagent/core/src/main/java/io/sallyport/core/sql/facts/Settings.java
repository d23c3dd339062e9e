package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.Names;
import java.util.Set;

/** Settings that a statement may change, by what they do. */
final class Settings {

    private static final Set<String> IDENTITY =
            Set.of("role", "session_authorization", "is_superuser", "row_security", "session_replication_role");
    /** They move string or comment boundaries, or name resolution, for what follows. */
    private static final Set<String> RISKY = Set.of(
            "standard_conforming_strings",
            "backslash_quote",
            "sql_mode",
            "quoted_identifier",
            "writable_schema",
            "trusted_schema",
            "sql_log_bin",
            "general_log",
            "sql_safe_updates",
            "schema_version",
            "local_infile");
    /** They make the server load a library, run a program or write to a file of the caller's choice. */
    private static final Set<String> OUTSIDE = Set.of(
            "local_preload_libraries",
            "session_preload_libraries",
            "shared_preload_libraries",
            "dynamic_library_path",
            "extension_control_path",
            "jit_provider",
            "archive_command",
            "archive_library",
            "archive_cleanup_command",
            "restore_command",
            "recovery_end_command",
            "ssl_passphrase_command",
            "log_directory",
            "log_filename",
            "data_directory",
            "hba_file",
            "ident_file",
            "external_pid_file",
            "general_log_file",
            "slow_query_log_file",
            "log_error",
            "secure_file_priv",
            "init_file",
            "plugin_dir",
            "temp_store_directory",
            "data_store_directory");
    /** SQLite: pragmas whose argument is what they tell about. */
    private static final Set<String> QUERIES = Set.of(
            "table_info",
            "table_xinfo",
            "table_list",
            "index_list",
            "index_info",
            "index_xinfo",
            "foreign_key_list",
            "foreign_key_check",
            "integrity_check",
            "quick_check");
    /** SQLite: pragmas whose value is kept in the file. */
    private static final Set<String> STORED = Set.of("user_version", "application_id", "schema_version");

    /** Modes of MySQL that move the bounds of strings, names and operators; those named after other servers do so too. */
    private static final Set<String> LEXICAL_MODES = Set.of(
            "ansi",
            "ansi_quotes",
            "no_backslash_escapes",
            "pipes_as_concat",
            "ignore_space",
            "oracle",
            "mssql",
            "db2",
            "maxdb",
            "postgresql");

    private Settings() {}

    /** Whether a string of a new {@code sql_mode} changes how texts are read. */
    static boolean movesBounds(String modes) {
        for (String mode : modes.split(",", 64)) {
            if (LEXICAL_MODES.contains(Names.fold(mode.strip())) || mode.indexOf(',') >= 0) {
                return true;
            }
        }
        return false;
    }

    static boolean isIdentity(String setting) {
        return IDENTITY.contains(Names.fold(setting));
    }

    static boolean isRisky(String setting) {
        return RISKY.contains(Names.fold(setting));
    }

    static boolean reachesOut(String setting) {
        return OUTSIDE.contains(Names.fold(setting));
    }

    static boolean isQuery(String pragma) {
        return QUERIES.contains(pragma);
    }

    static boolean isStored(String pragma) {
        return STORED.contains(pragma);
    }
}
