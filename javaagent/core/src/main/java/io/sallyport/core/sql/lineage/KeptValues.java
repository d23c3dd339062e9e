package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an expression reads from, and puts into, places that outlive it: variables, and what functions keep or read elsewhere. */
final class KeptValues {

    /** Functions that run a text which only their arguments hold, or read what those name. */
    private static final Set<String> READS_ANYTHING = Set.of(
            "query_to_xml",
            "query_to_xml_and_xmlschema",
            "table_to_xml",
            "table_to_xml_and_xmlschema",
            "schema_to_xml",
            "schema_to_xml_and_xmlschema",
            "database_to_xml",
            "database_to_xml_and_xmlschema",
            "cursor_to_xml",
            "ts_stat",
            "ts_rewrite",
            "xpath_table",
            "connectby",
            "crosstab",
            "crosstab2",
            "crosstab3",
            "crosstab4",
            "crosstabn",
            "crosstab_hash",
            "graph_table",
            "dblink");

    /**
     * What the server samples, logs and pages of any table (PostgreSQL manual, "Extended Statistics", "Logical Decoding Functions",
     * pageinspect and pg_walinspect; SQL Server, "sys.dm_db_stats_histogram"; the log's functions are not documented).
     */
    private static final Set<String> READS_STORAGE = Set.of(
            "pg_mcv_list_items",
            "pg_logical_slot_get_changes",
            "pg_logical_slot_peek_changes",
            "pg_logical_slot_get_binary_changes",
            "pg_logical_slot_peek_binary_changes",
            "get_raw_page",
            "heap_page_items",
            "heap_page_item_attrs",
            "bt_page_items",
            "gist_page_items",
            "brin_page_items",
            "pg_get_wal_block_info",
            "dm_db_stats_histogram",
            "fn_dblog",
            // Tables are files, too.
            "pg_read_file",
            "pg_read_binary_file",
            "pg_file_read",
            // Texts of statements, others' as well, with the values that stand in them.
            "pg_stat_get_activity",
            "pg_stat_get_backend_activity",
            "pg_stat_statements",
            "pg_prepared_statement",
            "pg_cursor",
            "dm_exec_sql_text",
            "dm_exec_input_buffer",
            "dm_exec_query_plan",
            "dm_exec_text_query_plan",
            "fn_dump_dblog");

    /** Oracle's: XML of a query's text, and URIs and XQuery over the database (XML DB Developer's Guide, 5 and 13). */
    private static final Set<String> ORACLE_READS_ANYTHING = Set.of(
            "getxml",
            "getxmltype",
            "newcontext",
            "newcontextfromhierarchy",
            "dburitype",
            "sys_dburigen",
            "createuri",
            "geturi",
            "urifactory",
            "xmlquery",
            "xmltable",
            "xmlexists");

    /** SQLite: functions of full-text tables whose first argument is the table (sqlite.org, "FTS5", 5; "FTS3 and FTS4", 4). */
    private static final Set<String> OF_FULL_TEXT = Set.of("highlight", "snippet", "offsets", "matchinfo", "bm25");

    /** Settings of free text that PostgreSQL reports as they change (manual 55.2.7). */
    private static final Set<String> REPORTED = Set.of(
            "application_name", "timezone", "search_path", "session_authorization", "datestyle", "client_encoding");

    private static final Set<String> SEQUENCES = Set.of("NEXT", "PREVIOUS", "CURRENT");

    private final Tokens t;
    private final Queries queries;
    private final Expressions expressions;

    KeptValues(Tokens t, Queries queries, Expressions expressions) {
        this.t = t;
        this.queries = queries;
        this.expressions = expressions;
    }

    static boolean readsAnything(String function) {
        return READS_ANYTHING.contains(function) || READS_STORAGE.contains(function);
    }

    /** Whether the word begins {@code NEXT VALUE FOR sequence} or its like. */
    static boolean isSequence(String word) {
        return SEQUENCES.contains(word);
    }

    /** A variable at {@code i}, read or assigned. */
    void variable(int i, int to, Scope scope, Ctes ctes, Origins into) {
        if (Variables.isVariable(t, i) && t.isOp(i + 1, ":=")) {
            int end = i + 2;
            while (end < to && !t.is(end, TokenType.COMMA) && !t.is(end, TokenType.RIGHT_PAREN)) {
                end = t.skip(end, to);
            }
            new Variables(work(), t, queries).assign(i, new Span(i + 2, end), scope, ctes);
        }
        into.add(Variables.origin(t, i));
    }

    /** H2's {@code SET(@x, value)}, that word being at {@code i}. */
    void set(int i, int to, Scope scope, Ctes ctes) {
        Span arguments = Clauses.inside(t, i + 1, to);
        new Variables(work(), t, queries).assign(i + 2, new Span(i + 4, Math.max(i + 4, arguments.to())), scope, ctes);
    }

    /** A function that keeps its arguments' values somewhere, or returns what is kept or what its arguments only name. */
    void call(String function, Span arguments, Scope scope, Ctes ctes, Origins into) {
        if (readsAnything(function) || isOracleReader(function, arguments)) {
            into.markIncomplete();
            into.add(ColumnOrigin.ANYTHING);
        }
        if (work().dialect == Dialect.H2 && work().schema.catalogue().isProgram(function)) {
            Origins given = new Origins();
            expressions.collect(arguments, scope, ctes, given);
            new Copies(work()).kept(KeptPlace.OUTSIDE, given);
        }
        if (work().dialect == Dialect.SQLITE && OF_FULL_TEXT.contains(function)) {
            Relation table = scope.relation(t.name(arguments.from()));
            if (table != null) {
                table.row(into);
            } else {
                // The table has a hidden column of its name, which an alias does not hide.
                scope.rows(into);
            }
        }
        if (work().schema.catalogue().hasFunction(function)) {
            into.add(ColumnOrigin.function(function));
        }
        KeptPlace read = KeptPlace.readBy(function);
        KeptPlace written = KeptPlace.writtenBy(function);
        if (read != null && (written == null || arguments.isEmpty())) {
            into.add(read.origin());
            return;
        }
        if (written == null) {
            return;
        }
        Origins values = new Origins();
        expressions.collect(arguments, scope, ctes, values);
        if (read != null) {
            values.add(read.origin());
        }
        if (function.equals("lo_import")) {
            values.add(ColumnOrigin.ANYTHING);
        }
        if (function.equals("csvwrite")) {
            written(arguments, values);
        }
        new Copies(work()).kept(written, values);
        if (function.equals("set_config") && mayBeReported(t, arguments)) {
            new Copies(work()).kept(KeptPlace.REPORTED, values);
        }
    }

    /** Whether the first argument may be the name of a setting whose value the driver is told. */
    static boolean mayBeReported(Tokens t, Span arguments) {
        Span name = Clauses.commaSeparated(t, arguments.from(), arguments.to()).get(0);
        boolean literal = name.to() == name.from() + 1 && t.is(name.from(), TokenType.STRING);
        return !literal || REPORTED.contains(t.content(name.from()).toLowerCase(Locale.ROOT));
    }

    /** The rows of the query that is the second argument of H2's CSVWRITE, a string; of any query where it is none. */
    private void written(Span arguments, Origins values) {
        List<Span> each = Clauses.commaSeparated(t, arguments.from(), arguments.to());
        Span query = each.size() < 2 ? arguments : each.get(1);
        boolean literal = query.to() == query.from() + 1 && t.is(query.from(), TokenType.STRING);
        Tokens inner = Lexer.tokens(literal ? t.content(query.from()) : "", LexRules.of(work().dialect));
        try {
            new Queries(work(), inner)
                    .query(new Span(0, inner.size()), null, null)
                    .forEach(values::add);
        } catch (UnreadableException unknown) {
            values.add(ColumnOrigin.ANYTHING);
        }
        if (inner.broken() || inner.unbalanced()) {
            values.add(ColumnOrigin.ANYTHING);
        }
    }

    /** XQuery reads the database where it names a collection or a document of it. */
    private boolean isOracleReader(String function, Span arguments) {
        if (work().dialect != Dialect.ORACLE || !ORACLE_READS_ANYTHING.contains(function)) {
            return false;
        }
        boolean query = function.startsWith("xml") && t.is(arguments.from(), TokenType.STRING);
        return !query || t.content(arguments.from()).matches("(?s).*(collection|doc|view)\\s*\\(.*");
    }

    private Work work() {
        return queries.work();
    }
}
