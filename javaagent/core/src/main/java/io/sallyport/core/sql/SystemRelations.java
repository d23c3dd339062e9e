package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns of the servers' own relations that show values of users' columns whatever we did: samples that statistics keep, rows that
 * locks, logs and pages hold, values that were bound, texts of statements with the values that their senders wrote into them. Each may
 * hold any column's.
 */
final class SystemRelations {

    /** {@code schema.relation: column …}, {@code -} for a relation that every schema may show. */
    private static final Map<String, List<ColumnOrigin>> COLUMNS = columns(
            // PostgreSQL manual 53.27 to 53.30 and 54.51 to 54.54.
            """
            pg_catalog.pg_stats: most_common_vals most_common_elems histogram_bounds range_bounds_histogram range_length_histogram
            pg_catalog.pg_statistic: stavalues1 stavalues2 stavalues3 stavalues4 stavalues5
            pg_catalog.pg_stats_ext: most_common_vals
            pg_catalog.pg_stats_ext_exprs: most_common_vals most_common_elems histogram_bounds range_bounds_histogram \
            range_length_histogram
            pg_catalog.pg_statistic_ext_data: stxdmcv stxdexpr
            pg_catalog.pg_stat_activity: query
            pg_catalog.pg_prepared_statements: statement
            pg_catalog.pg_cursors: statement
            -.pg_stat_statements: query
            """
                    // MySQL manual 28.3.11 and 29.12.13.1; MariaDB's knowledge base, "mysql.column_stats",
                    // "INNODB_LOCKS".
                    + """
                    information_schema.column_statistics: histogram
                    mysql.column_stats: min_value max_value histogram
                    performance_schema.data_locks: lock_data
                    information_schema.processlist: info
                    performance_schema.processlist: info
                    performance_schema.threads: processlist_info
                    performance_schema.events_statements_current: sql_text message_text
                    performance_schema.events_statements_history: sql_text message_text
                    performance_schema.events_statements_history_long: sql_text message_text
                    performance_schema.events_statements_summary_by_digest: query_sample_text
                    performance_schema.prepared_statements_instances: sql_text
                    performance_schema.error_log: data
                    sys.processlist: current_statement last_statement
                    sys.session: current_statement last_statement
                    mysql.general_log: argument
                    mysql.slow_log: sql_text
                    information_schema.query_statistics: sql_statement
                    information_schema.sessions: executing_statement
                    information_schema.innodb_locks: lock_data
                    information_schema.optimizer_trace: query trace
                    """
                    + oracle()
                    // SQL Server, "sys.query_store_query_text".
                    + """
                    sys.query_store_query_text: query_sql_text
                    """
                    // SQLite, "Database File Format" 2.6.5 and 2.6.6; "The SQLITE_DBPAGE Virtual Table";
                    // ext/recover/dbdata.c.
                    + """
                    -.sqlite_stat3: sample
                    -.sqlite_stat4: sample
                    -.sqlite_dbpage: data
                    -.sqlite_dbdata: value
                    """);

    private SystemRelations() {}

    /** Oracle's (Database Reference, "Static Data Dictionary Views" and "Dynamic Performance Views"), with the tables below them. */
    // Appended piece by piece: this is read when a JVM meets its first statement, and a format of each line would take
    // longer than the statement.
    private static String oracle() {
        StringBuilder all = new StringBuilder();
        for (String whose : List.of("user", "all", "dba", "cdb")) {
            for (String of : List.of(
                    "tab_columns", "tab_cols", "tab_col_statistics", "part_col_statistics", "subpart_col_statistics")) {
                all.append("sys.").append(whose).append("_").append(of).append(": low_value high_value\n");
            }
            for (String of : List.of("tab_histograms", "part_histograms", "subpart_histograms")) {
                all.append("sys.")
                        .append(whose)
                        .append("_")
                        .append(of)
                        .append(": endpoint_value endpoint_actual_value endpoint_actual_value_raw\n");
            }
        }
        for (String view : List.of("v$", "gv$", "v_$", "gv_$")) {
            all.append("sys.").append(view).append("sql_bind_capture: value_string value_anydata\n");
            all.append("sys.").append(view).append("sql_bind_data: value\n");
            for (String sql : List.of("sql", "sqlarea", "sqlarea_plan_hash")) {
                all.append("sys.").append(view).append(sql).append(": sql_text sql_fulltext bind_data\n");
            }
            for (String sql : List.of("sqlstats", "sqlstats_plan_hash")) {
                all.append("sys.").append(view).append(sql).append(": sql_text sql_fulltext\n");
            }
            for (String sql : List.of("sqltext", "sqltext_with_newlines", "open_cursor")) {
                all.append("sys.").append(view).append(sql).append(": sql_text\n");
            }
            all.append("sys.").append(view).append("sql_monitor: sql_text binds_xml\n");
            all.append("sys.").append(view).append("logmnr_contents: sql_redo sql_undo\n");
            all.append("sys.").append(view).append("unified_audit_trail: sql_binds\n");
        }
        for (String whose : List.of("dba", "cdb")) {
            all.append("sys.").append(whose).append("_hist_sqlbind: value_string value_anydata\n");
            all.append("sys.").append(whose).append("_hist_sqltext: sql_text\n");
            for (String trail : List.of("fga_audit_trail", "audit_trail", "common_audit_trail")) {
                all.append("sys.").append(whose).append("_").append(trail).append(": sql_bind\n");
            }
        }
        return all + """
                audsys.unified_audit_trail: sql_binds
                audsys.cdb_unified_audit_trail: sql_binds
                sys.unified_audit_trail: sql_binds
                sys.flashback_transaction_query: undo_sql
                sys.hist_head$: minimum maximum lowval hival
                sys.histgrm$: endpoint epvalue epvalue_raw
                sys.wri$_optstat_histhead_history: minimum maximum lowval hival
                sys.wri$_optstat_histgrm_history: endpoint epvalue epvalue_raw
                sys.aud$: sqlbind
                sys.fga_log$: lsqlbind
                """;
    }

    private static Map<String, List<ColumnOrigin>> columns(String lines) {
        Map<String, List<ColumnOrigin>> columns = new HashMap<>();
        lines.lines().forEach(line -> {
            int dot = line.indexOf('.');
            int colon = line.indexOf(": ");
            String schema = line.substring(0, dot);
            String table = line.substring(dot + 1, colon);
            for (String column : line.substring(colon + 2).split(" ")) {
                columns.computeIfAbsent(table, any -> new ArrayList<>())
                        .add(new ColumnOrigin(schema.equals("-") ? null : schema, table, column));
            }
        });
        return Map.copyOf(columns);
    }

    /**
     * Tables in which a server keeps the schema itself, where they can be written like others (SQLite's {@code writable_schema},
     * PostgreSQL's super users, MySQL's {@code mysql}). Who writes there renames columns with no ALTER that could be followed.
     */
    private static final Set<String> CATALOGUES = Set.of(
            "sqlite_master",
            "sqlite_schema",
            "sqlite_temp_master",
            "sqlite_temp_schema",
            "pg_attribute",
            "pg_class",
            "pg_namespace",
            "pg_rewrite",
            "pg_proc",
            "pg_attrdef",
            "pg_trigger",
            "mysql.proc",
            "mysql.event");

    /** What {@code tables} say of a schema that is rewritten: any column may be called anything afterwards. */
    static List<Lineage.Copy> rewritten(Iterable<TableUse> tables) {
        for (TableUse use : tables) {
            if (use.access() == TableUse.Access.WRITE && isCatalogue(use)) {
                return List.of(new Lineage.Copy(KeptPlace.DEFINITIONS.origin(), List.of(ColumnOrigin.ANYTHING)));
            }
        }
        return List.of();
    }

    private static boolean isCatalogue(TableUse use) {
        return CATALOGUES.contains(use.table()) || CATALOGUES.contains(use.schema() + "." + use.table());
    }

    /** The columns of those among {@code tables}, as copies of anything. */
    static List<Lineage.Copy> shown(Iterable<TableUse> tables) {
        List<Lineage.Copy> shown = List.of();
        for (TableUse use : tables) {
            for (ColumnOrigin column : COLUMNS.getOrDefault(use.table(), List.of())) {
                shown = shown.isEmpty() ? new ArrayList<>() : shown;
                shown.add(new Lineage.Copy(column, List.of(ColumnOrigin.ANYTHING)));
            }
        }
        return shown;
    }
}
