package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.HashMap;
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
    /**
     * Settings whose values the server reports to the driver, which tells them by itself (PostgreSQL manual 55.2.7), and MySQL's, some of which
     * functions show.
     */
    REPORTED,
    LARGE_OBJECTS,
    /** And identity columns, whose values come from one. */
    SEQUENCES,
    NOTIFICATIONS,
    COMMENTS,
    /** Locks that are named by a value (PostgreSQL manual 9.28.10; MySQL manual, "Locking Functions"). */
    LOCKS,
    /** Origins, slots and messages of replication (PostgreSQL manual 9.28.6). */
    REPLICATION,
    /** Defaults of domains. */
    DOMAINS,
    /** Errors that stored code raises: a trigger, a routine. What it reads it may put into a message. */
    MESSAGES,
    /** Texts of the schema: names, constants, bounds. They come back in the definitions of other objects, in plans and as labels. */
    DEFINITIONS,
    /**
     * The number that MySQL's {@code last_insert_id(n)} keeps for the session: the server tells it with its answer, which the drivers read by
     * themselves, and in variables of several names (MySQL manual, "Information Functions").
     */
    LAST_KEY,
    /** Code of the application and other servers, which an engine hands values to. */
    OUTSIDE;

    /** Functions that keep what their arguments hold (PostgreSQL manual 9.17, 9.27, 35.4; H2 manual, Functions; SQLite fileio.c). */
    private static final Map<String, KeptPlace> WRITERS = places(
            Map.of(
                    FILES,
                    "file_write csvwrite writefile pg_file_write lo_export",
                    SETTINGS,
                    "set_config",
                    LARGE_OBJECTS,
                    "lo_from_bytea lo_put lowrite lo_import lo_create",
                    SEQUENCES,
                    "setval",
                    LAST_KEY,
                    "last_insert_id",
                    NOTIFICATIONS,
                    "pg_notify",
                    LOCKS,
                    "pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock"
                            + " pg_try_advisory_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared get_lock",
                    REPLICATION,
                    "pg_replication_origin_create pg_logical_emit_message pg_create_logical_replication_slot"
                            + " pg_create_physical_replication_slot pg_copy_logical_replication_slot pg_copy_physical_replication_slot"));

    private static final Map<String, KeptPlace> READERS = places(
            Map.of(
                    FILES,
                    "file_read csvread readfile load_file openrowset pg_read_file pg_read_binary_file pg_file_read lo_import",
                    SETTINGS,
                    "current_setting pg_stat_get_activity pg_show_all_settings lock_timeout",
                    LARGE_OBJECTS,
                    "lo_get loread lo_export",
                    SEQUENCES,
                    "nextval currval lastval last_insert_id last_insert_rowid pg_sequence_last_value pg_get_sequence_data",
                    LOCKS,
                    "pg_lock_status",
                    REPLICATION,
                    "pg_logical_slot_get_changes pg_logical_slot_peek_changes pg_logical_slot_get_binary_changes"
                            + " pg_logical_slot_peek_binary_changes pg_get_replication_slots pg_show_replication_origin_status"));

    /** Columns of system tables that show what is kept, as {@code table.column}. */
    private static final Map<String, KeptPlace> SHOWN = places(Map.of(
            SETTINGS,
            "pg_settings.setting pg_settings.reset_val pg_stat_activity.application_name pg_stat_replication.application_name"
                    + " settings.setting_value session_variables.variable_value global_variables.variable_value"
                    + " system_variables.session_value system_variables.global_value",
            LARGE_OBJECTS,
            "pg_largeobject.data pg_largeobject.loid pg_largeobject_metadata.oid",
            SEQUENCES,
            "pg_sequences.last_value sequences.base_value sequences.start_value sequences.maximum_value"
                    + " sequences.minimum_value sequences.increment columns.identity_base columns.identity_start"
                    + " columns.identity_maximum columns.identity_minimum",
            COMMENTS,
            "tables.remarks columns.remarks schemata.remarks sequences.remarks constants.remarks domains.remarks"
                    + " indexes.remarks table_constraints.remarks routines.remarks roles.remarks users.remarks"
                    + " triggers.remarks rights.remarks synonyms.remarks",
            LOCKS,
            "pg_locks.objid pg_locks.classid metadata_locks.object_name metadata_lock_info.table_name",
            REPLICATION,
            "pg_replication_origin.roname pg_replication_slots.slot_name pg_replication_origin_status.external_id"));

    /** Columns that a sequence shows when it is read as a table, whatever its name. */
    private static final List<String> OF_SEQUENCES = List.of(
            "last_value", "next_not_cached_value", "start_value", "minimum_value", "maximum_value", "increment");

    private static Map<String, KeptPlace> places(Map<KeptPlace, String> names) {
        Map<String, KeptPlace> places = new HashMap<>();
        names.forEach((place, all) -> {
            for (String name : all.split(" ")) {
                places.put(name, place);
            }
        });
        return Map.copyOf(places);
    }

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

    /**
     * Whether what is put into {@code into} can be followed no further: no mask reaches it, however it is read.
     */
    public static boolean isOutOfReach(ColumnOrigin into, Dialect dialect) {
        String table = into.table();
        return table.equals(FILES.origin.table())
                || table.equals(DEFINITIONS.origin.table())
                || table.equals(OUTSIDE.origin.table())
                || table.equals(LAST_KEY.origin.table())
                || table.equals(REPORTED.origin.table())
                || table.equals(COMMENTS.origin.table())
                || Inheritance.isConstant(table)
                // H2 writes the number into the sequence's definition; other servers keep it in a row.
                || dialect == Dialect.H2 && table.equals(SEQUENCES.origin.table());
    }

    /** Where the function of this (folded) name keeps what it is given. */
    public static @Nullable KeptPlace writtenBy(String function) {
        return WRITERS.get(function);
    }

    /** Where the function of this (folded) name reads what it returns. */
    public static @Nullable KeptPlace readBy(String function) {
        return READERS.get(function);
    }

    /** Columns of system tables, and of sequences among {@code read}, that hold sensitive values because a place does. */
    static List<Lineage.Copy> shown(Inheritance known, Iterable<TableUse> read) {
        if (known.isEmpty()) {
            return List.of();
        }
        List<Lineage.Copy> shown = new ArrayList<>();
        SHOWN.forEach((name, place) -> {
            int dot = name.indexOf('.');
            add(new ColumnOrigin(null, name.substring(0, dot), name.substring(dot + 1)), place.kept(known), shown);
        });
        for (TableUse use : read) {
            for (String column : OF_SEQUENCES) {
                add(new ColumnOrigin(use.schema(), use.table(), column), SEQUENCES.kept(known), shown);
            }
        }
        // Statements that would make them again, and the server's own lists of variables.
        add(new ColumnOrigin(null, "session_state", "state_command"), known.ofVariables(), shown);
        add(new ColumnOrigin(null, "user_variables", "variable_value"), known.ofVariables(), shown);
        add(new ColumnOrigin(null, "user_variables_by_thread", "variable_value"), known.ofVariables(), shown);
        add(new ColumnOrigin(null, "constants", "value_definition"), known.ofConstants(), shown);
        // The number behind the highest that was copied into some column.
        add(new ColumnOrigin(null, "tables", "auto_increment"), known.ofAll(), shown);
        return shown;
    }

    /** What is known to be kept there. */
    private Set<ColumnOrigin> kept(Inheritance known) {
        return known.of(null, origin.table(), origin.column());
    }

    private static void add(ColumnOrigin column, Set<ColumnOrigin> kept, List<Lineage.Copy> shown) {
        if (!kept.isEmpty()) {
            shown.add(new Lineage.Copy(column, List.copyOf(kept)));
        }
    }
}
