package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Places outside tables in which a server keeps a value from one statement to the next. Each counts as a table with one column, both
 * of a name that no table can have: what a statement puts there is a copy, and what reads the place reads that column. Which file,
 * setting or object is meant is not told apart.
 */
public enum KeptPlace {
    FILES,
    SETTINGS,
    LARGE_OBJECTS,
    SEQUENCES,
    NOTIFICATIONS,
    /** Errors that stored code raises: a trigger, a routine. What it reads it may put into a message. */
    MESSAGES;

    /** Functions that keep what their arguments hold (PostgreSQL manual 9.17, 9.27, 35.4; H2 manual, Functions; SQLite fileio.c). */
    private static final Map<String, KeptPlace> WRITERS = Map.ofEntries(
            Map.entry("file_write", FILES),
            Map.entry("csvwrite", FILES),
            Map.entry("writefile", FILES),
            Map.entry("pg_file_write", FILES),
            Map.entry("lo_export", FILES),
            Map.entry("set_config", SETTINGS),
            Map.entry("lo_from_bytea", LARGE_OBJECTS),
            Map.entry("lo_put", LARGE_OBJECTS),
            Map.entry("lowrite", LARGE_OBJECTS),
            Map.entry("lo_import", LARGE_OBJECTS),
            Map.entry("setval", SEQUENCES),
            Map.entry("pg_notify", NOTIFICATIONS));

    private static final Map<String, KeptPlace> READERS = Map.ofEntries(
            Map.entry("file_read", FILES),
            Map.entry("csvread", FILES),
            Map.entry("readfile", FILES),
            Map.entry("load_file", FILES),
            Map.entry("openrowset", FILES),
            Map.entry("pg_read_file", FILES),
            Map.entry("pg_read_binary_file", FILES),
            Map.entry("pg_file_read", FILES),
            Map.entry("lo_import", FILES),
            Map.entry("current_setting", SETTINGS),
            Map.entry("lo_get", LARGE_OBJECTS),
            Map.entry("loread", LARGE_OBJECTS),
            Map.entry("lo_export", LARGE_OBJECTS),
            Map.entry("nextval", SEQUENCES),
            Map.entry("currval", SEQUENCES),
            Map.entry("lastval", SEQUENCES));

    /** Columns of system tables that show what is kept. */
    private static final Map<ColumnOrigin, KeptPlace> SHOWN = Map.of(
            new ColumnOrigin(null, "pg_settings", "setting"), SETTINGS,
            new ColumnOrigin(null, "pg_settings", "reset_val"), SETTINGS,
            new ColumnOrigin(null, "pg_stat_activity", "application_name"), SETTINGS,
            new ColumnOrigin(null, "pg_largeobject", "data"), LARGE_OBJECTS,
            new ColumnOrigin(null, "pg_sequences", "last_value"), SEQUENCES);

    private final ColumnOrigin origin;

    KeptPlace() {
        String name = "<" + name().toLowerCase(Locale.ROOT).replace('_', ' ') + ">";
        origin = new ColumnOrigin(null, name, name);
    }

    /** The column that stands for what is kept there. */
    public ColumnOrigin origin() {
        return origin;
    }

    /** Whether a table of that name is one of these places. */
    static boolean isNamed(String table) {
        for (KeptPlace place : values()) {
            if (place.origin.table().equals(table)) {
                return true;
            }
        }
        return false;
    }

    /** Where the function of this (folded) name keeps what it is given. */
    public static @Nullable KeptPlace writtenBy(String function) {
        return WRITERS.get(function);
    }

    /** Where the function of this (folded) name reads what it returns. */
    public static @Nullable KeptPlace readBy(String function) {
        return READERS.get(function);
    }

    /** System tables' columns that hold sensitive values because a place does. */
    static List<Lineage.Copy> shown(Inheritance known) {
        List<Lineage.Copy> shown = new ArrayList<>();
        SHOWN.forEach((column, place) -> {
            Set<ColumnOrigin> kept = known.of(null, place.origin.table(), place.origin.column());
            if (!kept.isEmpty()) {
                shown.add(new Lineage.Copy(column, List.copyOf(kept)));
            }
        });
        return shown;
    }
}
