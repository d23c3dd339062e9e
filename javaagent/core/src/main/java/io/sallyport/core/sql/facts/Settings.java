package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.Names;
import java.util.Set;

/** Session settings that a statement may change, by what they do to the reading of later statements. */
final class Settings {

    private static final Set<String> IDENTITY =
            Set.of("role", "session_authorization", "is_superuser", "row_security", "session_replication_role");
    /** They move string or comment boundaries, or name resolution, for what follows. */
    private static final Set<String> RISKY = Set.of(
            "standard_conforming_strings",
            "backslash_quote",
            "sql_mode",
            "quoted_identifier",
            "foreign_key_checks",
            "writable_schema",
            "trusted_schema",
            "local_preload_libraries",
            "session_preload_libraries",
            "dynamic_library_path",
            "sql_log_bin",
            "general_log_file",
            "general_log",
            "sql_safe_updates",
            "secure_file_priv",
            "local_infile");

    private Settings() {}

    static boolean isIdentity(String setting) {
        return IDENTITY.contains(Names.fold(setting));
    }

    static boolean isRisky(String setting) {
        return RISKY.contains(Names.fold(setting));
    }
}
