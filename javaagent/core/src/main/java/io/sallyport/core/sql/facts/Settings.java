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
            "rekey",
            "hexrekey",
            "textrekey",
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
    /** MySQL: statements that the server runs at each connect, of a client or of a replica. */
    private static final Set<String> STATEMENTS = Set.of("init_connect", "init_replica", "init_slave");
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
    private static final Set<String> STORED =
            Set.of("user_version", "application_id", "schema_version", "rekey", "hexrekey", "textrekey");

    /**
     * H2: settings of the session, those that only tune the engine, and what it takes from other servers' drivers in their modes ({@code
     * org.h2.command.dml.SetTypes}, {@code Parser.parseSet}).
     */
    private static final Set<String> OF_H2_SESSION = Set.of(
            "autocommit",
            "schema",
            "schema_search_path",
            "search_path",
            "catalog",
            "mode",
            "time",
            "timezone",
            "time_zone",
            "lock_timeout",
            "query_timeout",
            "statement_timeout",
            "lazy_query_execution",
            "non_keywords",
            "variable_binary",
            "default_null_ordering",
            "truncate_large_length",
            "referential_integrity",
            "foreign_key_checks",
            "throttle",
            "ignorecase",
            "collation",
            "cache_size",
            "max_length_inplace_lob",
            "max_memory_rows",
            "max_memory_undo",
            "max_operation_memory",
            "optimize_reuse_results",
            "default_lock_timeout",
            "default_table_type",
            "write_delay",
            "db_close_delay",
            "db_close_on_exit",
            "undo_log",
            "names",
            "character",
            "charset",
            "client_encoding",
            "client_min_messages",
            "datestyle",
            "extra_float_digits",
            "join_collapse_limit",
            "application_name");
    /** H2: settings that name a class of the application's, which the engine makes and hands values, messages and passwords. */
    private static final Set<String> CLASSES_OF_H2 =
            Set.of("database_event_listener", "java_object_serializer", "authenticator");

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

    static boolean isStatement(String setting) {
        return STATEMENTS.contains(Names.fold(setting));
    }

    static boolean reachesOut(String setting) {
        return OUTSIDE.contains(Names.fold(setting));
    }

    static boolean isOfH2Session(String setting) {
        return OF_H2_SESSION.contains(setting);
    }

    static boolean loadsClass(String setting) {
        return CLASSES_OF_H2.contains(setting);
    }

    static boolean isQuery(String pragma) {
        return QUERIES.contains(pragma);
    }

    static boolean isStored(String pragma) {
        return STORED.contains(pragma);
    }
}
