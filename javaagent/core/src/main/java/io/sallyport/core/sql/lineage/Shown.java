package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What SHOW, EXPLAIN and DBCC show besides the schema: settings, which can be made to hold anything, messages and plans, which quote
 * values, statistics, pages and logs.
 */
final class Shown {

    private static final Out MESSAGE = Out.column("message", Set.of(ColumnOrigin.ANYTHING), true);

    /** Statements and rows: what a replica is to do, what a session does. */
    private static final Out ROWS = Out.column("info", Set.of(ColumnOrigin.ANYTHING), true);

    private Shown() {}

    static List<Out> by(Dialect dialect, Tokens t, Span s) {
        int i = s.from() + 1;
        return switch (dialect) {
            case POSTGRESQL ->
                t.is(i, "ALL")
                        ? List.of(clear("name"), setting("setting"), clear("description"))
                        : List.of(setting(null));
            case MYSQL -> {
                if (t.isAny(i, "WARNINGS", "ERRORS") && !t.is(i + 1, TokenType.LEFT_PAREN)) {
                    yield List.of(clear("level"), clear("code"), MESSAGE);
                }
                if (t.isAny(i, "BINLOG", "RELAYLOG") && t.is(i + 1, "EVENTS")) {
                    yield List.of(
                            clear("log_name"),
                            clear("pos"),
                            clear("event_type"),
                            clear("server_id"),
                            clear("end_log_pos"),
                            ROWS);
                }
                if (t.is(i, "PROCESSLIST") || t.is(i, "FULL") && t.is(i + 1, "PROCESSLIST")) {
                    List<Out> processes = new ArrayList<>();
                    for (String name : List.of("id", "user", "host", "db", "command", "time", "state")) {
                        processes.add(clear(name));
                    }
                    // What others sent, with the values that stood in it.
                    processes.add(ROWS);
                    processes.add(clear("progress"));
                    yield processes;
                }
                if (t.is(i, "USER_VARIABLES")) {
                    ColumnOrigin values = new ColumnOrigin(null, "user_variables", "variable_value");
                    yield List.of(clear("variable_name"), Out.column("variable_value", Set.of(values), true));
                }
                if (t.is(i, "ENGINE") && t.is(i + 2, "STATUS")) {
                    yield List.of(clear("type"), clear("name"), ROWS);
                }
                int what = t.isAny(i, "GLOBAL", "SESSION", "LOCAL") ? i + 1 : i;
                yield t.is(what, "VARIABLES") ? List.of(clear("variable_name"), setting("value")) : List.of();
            }
            default -> List.of();
        };
    }

    /**
     * What EXPLAIN shows: what the planner has put in place of functions that it may call beforehand, and of tables with one row
     * (MySQL's documents and trees; its plain rows name tables and keys).
     */
    static List<Out> plan(Dialect dialect, Tokens t, Span s) {
        return switch (dialect) {
            case POSTGRESQL, H2 -> List.of(clear("plan"));
            case MYSQL ->
                t.isAny(s.from() + 1, "FORMAT", "EXTENDED", "ANALYZE")
                        ? List.of(Out.column("explain", Set.of(), false))
                        : List.of();
            default -> List.of();
        };
    }

    /**
     * What DBCC shows; {@code null} where that is not known. These commands read statistics, pages, the log and what was sent (SQL
     * Server, "DBCC"; PAGE and LOG are not documented).
     */
    static @Nullable List<Out> dbcc(Tokens t, Span s) {
        return t.isAny(s.from() + 1, "SHOW_STATISTICS", "PAGE", "LOG", "INPUTBUFFER", "OUTPUTBUFFER")
                ? List.of(anything())
                : null;
    }

    /** Any number of columns of any table. */
    static Out anything() {
        return Out.column(null, Set.of(ColumnOrigin.ANYTHING), false).repeated();
    }

    private static Out clear(String name) {
        return Out.column(name, Set.of(), true);
    }

    private static Out setting(@Nullable String name) {
        return Out.column(name, Set.of(KeptPlace.SETTINGS.origin()), true);
    }
}
