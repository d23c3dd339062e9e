package io.sallyport.core.sql.facts;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions and procedures of the servers that do more than compute, by folded name without schema.
 *
 * <table><caption>How they are judged</caption>
 * <tr><th>what</th><th>judged</th></tr>
 * <tr><td>pg_read_file, lo_import, load_file, csvread, openrowset, xp_*, utl_file, readfile, load_extension …</td><td>file or program, critical</td></tr>
 * <tr><td>dblink*, openquery, opendatasource, utl_http, httpuritype, urifactory, spider_direct_sql</td><td>reaches another server, opaque, critical</td></tr>
 * <tr><td>query_to_xml, crosstab, connectby, dbms_sql, dbms_xmlgen, sp_executesql, database_to_xml …</td><td>runs SQL from a string, opaque</td></tr>
 * <tr><td>pg_terminate_backend, pg_cancel_backend, pg_reload_conf, pg_switch_wal …</td><td>administration, high</td></tr>
 * <tr><td>pg_drop_replication_slot, audit_log_*, group_replication_* …</td><td>administration that persists, writes, high</td></tr>
 * <tr><td>drop_chunks, DropGeometryTable …</td><td>drop, destructive, ddl, critical</td></tr>
 * <tr><td>setval, lo_unlink, pg_notify</td><td>writes; nextval doesn't (every ORM calls it)</td></tr>
 * </table>
 */
final class DangerousFunctions {

    private static final Set<String> FILES = Set.of(
            "load_file",
            "csvread",
            "file_read",
            "link_schema",
            "readfile",
            "load_extension",
            "fts3_tokenizer",
            "openrowset",
            "bfilename",
            "sys_eval",
            "sys_exec",
            "sys_get",
            "lines_from_file",
            "edit",
            "lsdir",
            "pg_stat_file",
            "pg_current_logfile",
            "pg_file_read",
            "pg_logdir_ls",
            "pg_hba_file_rules",
            "pg_ident_file_mappings",
            "pg_show_all_file_settings",
            "zipfile",
            "fsdir",
            "audit_log_read",
            "fn_xe_file_target_read_file",
            "fn_trace_gettable",
            "fn_get_audit_file",
            "fn_dump_dblog",
            "dm_os_file_exists",
            "dm_os_enumerate_filesystem",
            "dm_os_enumerate_fixed_drives");
    private static final Set<String> FILE_WRITES = Set.of(
            "csvwrite",
            "file_write",
            "writefile",
            "lo_import",
            "lo_export",
            "sys_set",
            "gen_dictionary_load",
            "pg_file_write",
            "pg_file_unlink",
            "pg_file_rename",
            "pg_file_sync",
            "utl_file",
            "dbms_xslprocessor",
            "dbms_advisor",
            "dbms_java",
            "dbms_scheduler",
            "dbms_datapump",
            "dbms_backup_restore",
            "dbms_file_transfer",
            "dbms_hadoop",
            "dbms_xmldom",
            "dbms_xmlparser",
            "dbms_cloud_repo");
    private static final Set<String> REMOTE = Set.of(
            "openquery",
            "opendatasource",
            "httpuritype",
            "utl_http",
            "utl_tcp",
            "utl_smtp",
            "utl_mail",
            "utl_inaddr",
            "dbms_ldap",
            "apex_web_service",
            "dbms_hs_passthrough",
            "dbms_cloud",
            "dbms_vector",
            "utl_dbws",
            "query_export_to_s3",
            "table_import_from_s3",
            "urifactory",
            "ftpuritype",
            "spider_direct_sql",
            "spider_bg_direct_sql",
            "spider_copy_tables",
            "http_get",
            "http_post",
            "http_put",
            "http_patch",
            "http_delete",
            "http_head",
            "http_collect_response");
    private static final Set<String> OPAQUE = Set.of(
            "query_to_xml",
            "query_to_xmlschema",
            "query_to_xml_and_xmlschema",
            "cursor_to_xml",
            "table_to_xml_and_xmlschema",
            "dbms_sql",
            "dbms_xmlgen",
            "dbms_xmlquery",
            "dbms_xmlstore",
            "connectby",
            "dbms_job",
            "dbms_sys_sql",
            "sp_executesql",
            "sp_execute",
            "xpath_table",
            "ts_rewrite",
            "ts_stat",
            "run_command_on_workers",
            "run_command_on_shards",
            "run_command_on_placements",
            "run_command_on_colocated_placements",
            "run_command_on_all_nodes",
            "run_command_on_coordinator",
            "pg_background_launch",
            "dburitype",
            "xdburitype",
            "owa_util");
    private static final Set<String> XML_DUMPS = Set.of(
            "table_to_xml",
            "schema_to_xml",
            "database_to_xml",
            "database_to_xml_and_xmlschema",
            "schema_to_xml_and_xmlschema");
    private static final Set<String> ADMIN = Set.of(
            "pg_terminate_backend",
            "pg_cancel_backend",
            "pg_reload_conf",
            "pg_rotate_logfile",
            "pg_switch_wal",
            "pg_promote",
            "pg_create_restore_point",
            "pg_start_backup",
            "pg_stop_backup",
            "pg_backup_start",
            "pg_backup_stop",
            "pg_wal_replay_pause",
            "pg_stat_statements_reset",
            "pg_buffercache_evict",
            "pg_truncate_visibility_map",
            "pg_log_backend_memory_contexts",
            "abort_session",
            "cancel_session",
            "shutdown_server",
            "dbms_shared_pool",
            "dbms_system",
            "spider_flush_table_mon_cache",
            "mysql_firewall_flush_status");
    private static final Set<String> ADMIN_WRITES = Set.of(
            "pg_drop_replication_slot",
            "pg_create_logical_replication_slot",
            "pg_create_physical_replication_slot",
            "pg_copy_logical_replication_slot",
            "pg_copy_physical_replication_slot",
            "pg_replication_slot_advance",
            "pg_logical_slot_get_changes",
            "pg_logical_slot_get_binary_changes",
            "pg_import_system_collations",
            "set_firewall_mode",
            "set_firewall_group_mode",
            "firewall_group_enlist",
            "firewall_group_delist",
            "read_firewall_users",
            "read_firewall_whitelist",
            "read_firewall_groups",
            "read_firewall_group_allowlist",
            "gen_dictionary_drop");
    private static final Set<String> WRITES = Set.of(
            "setval",
            "lo_unlink",
            "lo_create",
            "lo_creat",
            "lo_put",
            "lowrite",
            "lo_from_bytea",
            "lo_truncate",
            "pg_notify",
            "pg_logical_emit_message");
    /** Extensions' functions that drop what they name. */
    private static final Set<String> DROPS =
            Set.of("drop_chunks", "dropgeometrytable", "dropgeometrycolumn", "droprastertable", "droptopology");

    /** Schemas that have functions among {@link #METHODS}, beside Oracle's packages. */
    private static final Set<String> OWNERS = Set.of("cron", "aws_lambda", "pgtle");

    private static final Set<String> PRIVILEGE =
            Set.of("dbms_rls", "dbms_network_acl_admin", "dbms_fga", "dbms_privilege_capture");
    /** Packages that note something about the session, for those who watch it. */
    private static final Set<String> BOOKKEEPING =
            Set.of("dbms_application_info", "dbms_session", "dbms_output", "dbms_lock");
    /** Of packages and schemas that are harmless otherwise. */
    private static final Map<String, Effect> METHODS = Map.ofEntries(
            Map.entry("dbms_session.set_role", Effect.PRIVILEGE),
            Map.entry("dbms_utility.exec_ddl_statement", Effect.OPAQUE),
            Map.entry("dbms_utility.analyze_schema", Effect.ADMIN_WRITE),
            Map.entry("dbms_lob.fileopen", Effect.FILE),
            Map.entry("dbms_lob.loadfromfile", Effect.FILE_WRITE),
            Map.entry("dbms_lob.loadclobfromfile", Effect.FILE_WRITE),
            Map.entry("dbms_lob.loadblobfromfile", Effect.FILE_WRITE),
            Map.entry("dbms_flashback.transaction_backout", Effect.ADMIN_WRITE),
            Map.entry("cron.schedule", Effect.OPAQUE),
            Map.entry("cron.schedule_in_database", Effect.OPAQUE),
            Map.entry("cron.alter_job", Effect.OPAQUE),
            Map.entry("cron.unschedule", Effect.WRITE),
            Map.entry("pgtle.install_extension", Effect.OPAQUE),
            Map.entry("pgtle.install_update_path", Effect.OPAQUE),
            Map.entry("aws_lambda.invoke", Effect.REMOTE));
    /** Packages of the families below that only compute or read metadata. */
    private static final Set<String> HARMLESS = Set.of(
            "group_replication_get_write_concurrency",
            "group_replication_get_communication_protocol",
            "keyring_key_length_fetch",
            "keyring_key_type_fetch",
            "version_tokens_show",
            "audit_log_read_bookmark",
            "audit_log_session_filter_id",
            "dbms_output",
            "dbms_random",
            "dbms_lob",
            "dbms_metadata",
            "dbms_utility",
            "dbms_application_info",
            "dbms_assert",
            "dbms_crypto",
            "dbms_obfuscation_toolkit",
            "dbms_rowid",
            "dbms_flashback",
            "dbms_stats",
            "dbms_lock",
            "dbms_xplan",
            "dbms_mview",
            "dbms_alert",
            "dbms_aq",
            "utl_raw",
            "utl_i18n",
            "utl_encode",
            "utl_match",
            "utl_url",
            "utl_lms",
            "utl_compress",
            "utl_call_stack");

    private static final Map<String, Effect> FAMILIES = Map.ofEntries(
            Map.entry("dblink", Effect.REMOTE),
            Map.entry("crosstab", Effect.OPAQUE),
            Map.entry("pg_stat_reset", Effect.ADMIN),
            Map.entry("pg_replication_origin_", Effect.ADMIN_WRITE),
            Map.entry("pg_read_", Effect.FILE),
            Map.entry("pg_ls_", Effect.FILE),
            Map.entry("xp_", Effect.FILE_WRITE),
            Map.entry("sp_oa", Effect.FILE_WRITE),
            Map.entry("utl_", Effect.FILE_WRITE),
            Map.entry("dbms_", Effect.OPAQUE),
            // MySQL's functions of plugins and components.
            Map.entry("audit_log_", Effect.ADMIN_WRITE),
            Map.entry("group_replication_", Effect.ADMIN_WRITE),
            Map.entry("asynchronous_connection_failover_", Effect.ADMIN_WRITE),
            Map.entry("keyring_key_", Effect.PRIVILEGE_WRITE),
            Map.entry("version_tokens_", Effect.ADMIN_WRITE),
            Map.entry("masking_dictionary", Effect.ADMIN_WRITE));

    private DangerousFunctions() {}

    /** Whether {@code name} is a package that only keeps a session's books, but for {@link #ofMethod}. */
    static boolean isBookkeeping(String name) {
        return BOOKKEEPING.contains(name);
    }

    /** Effect of {@code owner.name}, where it isn't that of all functions of its package; {@code null} otherwise. */
    static @Nullable Effect ofMethod(String owner, String name) {
        char first = owner.isEmpty() ? 0 : owner.charAt(0);
        // Every name chain comes by here; few start like these.
        return first == 'd' && owner.startsWith("dbms_") || OWNERS.contains(owner)
                ? METHODS.get(owner + "." + name)
                : null;
    }

    /** Effect of the function or package {@code name} (folded), {@code null} for one that isn't known to be dangerous. */
    static @Nullable Effect of(String name) {
        if (FILES.contains(name)) {
            return Effect.FILE;
        }
        if (FILE_WRITES.contains(name)) {
            return Effect.FILE_WRITE;
        }
        if (REMOTE.contains(name)) {
            return Effect.REMOTE;
        }
        if (OPAQUE.contains(name) || XML_DUMPS.contains(name)) {
            return Effect.OPAQUE;
        }
        if (ADMIN.contains(name)) {
            return Effect.ADMIN;
        }
        if (ADMIN_WRITES.contains(name)) {
            return Effect.ADMIN_WRITE;
        }
        if (WRITES.contains(name)) {
            return Effect.WRITE;
        }
        if (DROPS.contains(name)) {
            return Effect.DROP;
        }
        if (PRIVILEGE.contains(name)) {
            return Effect.PRIVILEGE_WRITE;
        }
        if (HARMLESS.contains(name) || BOOKKEEPING.contains(name)) {
            return null;
        }
        int underscore = name.indexOf('_');
        if (underscore < 0 && !name.startsWith("dblink") && !name.startsWith("crosstab")) {
            return null;
        }
        for (Map.Entry<String, Effect> family : FAMILIES.entrySet()) {
            if (name.startsWith(family.getKey())) {
                return family.getValue();
            }
        }
        return null;
    }
}
