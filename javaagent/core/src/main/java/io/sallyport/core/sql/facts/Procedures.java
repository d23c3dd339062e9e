package io.sallyport.core.sql.facts;

import java.util.Set;

/** System procedures of SQL Server and MySQL that need another judgement than "opaque". Names are folded. */
final class Procedures {

    private static final Set<String> HARMLESS = Set.of(
            "sp_help",
            "sp_helptext",
            "sp_helpindex",
            "sp_columns",
            "sp_tables",
            "sp_who",
            "sp_who2",
            "sp_spaceused",
            "sp_pkeys",
            "sp_fkeys",
            "sp_statistics",
            "sp_stored_procedures",
            "sp_lock",
            "sp_datatype_info",
            "sp_databases",
            "sp_columns_100",
            "sp_datatype_info_100",
            "sp_sproc_columns",
            "sp_describe_first_result_set",
            "sp_describe_undeclared_parameters",
            "sp_getapplock",
            "sp_releaseapplock",
            "sp_set_session_context",
            "sp_reset_connection");
    /** They run what stands in a string. */
    private static final Set<String> DYNAMIC = Set.of(
            "sp_executesql",
            "sp_sqlexec",
            "sp_prepexec",
            "sp_prepexecrpc",
            "sp_prepare",
            "sp_cursoropen",
            "sp_cursorprepexec",
            "sp_execute_remote",
            "sp_msforeachtable",
            "sp_msforeachdb",
            "execute_prepared_stmt");
    /** They run programs, send mail or connect to other servers. */
    private static final Set<String> OUTSIDE = Set.of(
            "sp_execute_external_script",
            "sp_invoke_external_rest_endpoint",
            "sp_send_dbmail",
            "sp_addextendedproc",
            "sp_addlinkedserver",
            "sp_add_jobstep",
            "sp_makewebtask",
            "sp_attach_db",
            "sp_xp_cmdshell_proxy_account");

    private static final Set<String> PRIVILEGE = Set.of(
            "sp_addrolemember",
            "sp_droprolemember",
            "sp_addsrvrolemember",
            "sp_dropsrvrolemember",
            "sp_addlogin",
            "sp_adduser",
            "sp_grantdbaccess",
            "sp_grantlogin",
            "sp_password",
            "sp_changedbowner",
            "sp_addrole",
            "sp_droplogin",
            "sp_dropuser",
            "sp_setapprole",
            "sp_change_users_login",
            "sp_control_plan_guide",
            "sp_addlinkedsrvlogin",
            "sp_droplinkedsrvlogin",
            "sp_revokelogin",
            "sp_denylogin",
            "sp_revokedbaccess",
            "sp_droprole",
            "sp_addapprole",
            "sp_approlepassword",
            "sp_addremotelogin",
            "sp_changeobjectowner");
    private static final Set<String> ADMINISTRATION = Set.of(
            "sp_configure",
            "sp_renamedb",
            "sp_detach_db",
            "sp_attach_db",
            "sp_dboption",
            "sp_serveroption",
            "sp_addlinkedserver",
            "sp_addextendedproc",
            "sp_add_job",
            "sp_start_job",
            "sp_procoption");

    private Procedures() {}

    static boolean isHarmless(String name) {
        return HARMLESS.contains(name);
    }

    static boolean isPrivilege(String name) {
        return PRIVILEGE.contains(name);
    }

    /** Whether the procedure runs the text that is its first argument, as it stands. */
    static boolean runsItsFirst(String procedure) {
        return procedure.equals("sp_executesql") || procedure.equals("sp_sqlexec");
    }

    static boolean isDynamic(String name) {
        return DYNAMIC.contains(name);
    }

    static boolean reachesOut(String name) {
        return OUTSIDE.contains(name);
    }

    static boolean isAdministration(String name) {
        return ADMINISTRATION.contains(name);
    }
}
