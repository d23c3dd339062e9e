package io.sallyport.jdbc.errors;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL tells where in its source an error was raised (protocol, "Error and Notice Message Fields": R), and {@code RAISE} cannot
 * tell another place than its own. Said are errors of the parser about the caller's own statement, whole, and the first line of those
 * of listed functions, whose messages are made of names.
 */
final class PostgresqlErrors implements ErrorTexts {

    /** Functions of the server whose message names relations, columns and constraints, and no value; their details do. */
    private static final Set<String> OF_NAMES = Set.of(
            "_bt_check_unique",
            "check_exclusion_or_unique_constraint",
            "ExecConstraints",
            "ReportNotNullViolationError",
            "ExecPartitionCheckEmitError",
            "ExecWithCheckOptions",
            "ri_ReportViolation",
            "aclcheck_error",
            "aclcheck_error_col",
            "varchar",
            "bpchar",
            "varchar_input",
            "bpchar_input",
            "apply_typmod",
            "ExecFindPartition",
            // Locks, time, other transactions, the server's end.
            "DeadLockReport",
            "ProcessInterrupts",
            "ExecUpdate",
            "ExecDelete",
            "ExecMerge",
            "ExecLockRows",
            "heap_lock_tuple",
            "heap_acquire_tuplock",
            "heap_update",
            "heap_delete",
            "CheckForSerializableConflictOut",
            "CheckForSerializableConflictIn",
            "OnConflict_CheckForSerializationFailure",
            "PreCommit_CheckForSerializationFailure",
            "PreventCommandIfReadOnly",
            "PreventCommandDuringRecovery",
            "exec_simple_query",
            "exec_parse_message",
            "exec_bind_message",
            "exec_execute_message");

    /** Said whoever raises them, since there is nothing in them to choose. */
    private static final Set<String> CONSTANT = Set.of(
            "division by zero",
            "integer out of range",
            "bigint out of range",
            "smallint out of range",
            "numeric field overflow",
            "more than one row returned by a subquery used as an expression",
            "ON CONFLICT DO UPDATE command cannot affect row a second time");

    /** exclusion_violation: its detail quotes the key of a stored row, which is another one than the caller's. */
    private static final String EXCLUSION = "23P01";

    /** What a server that is no PostgreSQL, or a pooler in front of it, has no source for. */
    private static final Set<String> CONNECTION = Set.of("08", "40", "53", "57");

    @Override
    public @Nullable Sayable of(SQLException e, OwnTexts own) {
        String message = String.valueOf(e.getMessage());
        ServerError error;
        try {
            error = ServerError.of(e);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
        if (error == null) {
            return Sayable.drivers(message);
        }
        boolean inCode = error.where() != null && !error.where().startsWith("unnamed portal ");
        boolean inner = error.internalQuery() != null || error.internalPosition() > 0;
        String state = String.valueOf(e.getSQLState());
        boolean ownValues = own.ownValues() && !state.equals(EXCLUSION);
        if (!inCode && !inner && (error.position() > 0 && error.where() == null || ownValues)) {
            return Sayable.whole(message);
        }
        String routine = error.routine();
        boolean listed = routine == null
                ? error.file() == null && state.length() == 5 && CONNECTION.contains(state.substring(0, 2))
                : OF_NAMES.contains(routine);
        if (!listed && !CONSTANT.contains(error.message())) {
            return null;
        }
        boolean bare = error.detail() == null && error.hint() == null && error.where() == null && !inner;
        return bare ? Sayable.whole(message) : Sayable.part(error.severity() + ": " + error.message());
    }

    @Override
    public String everything(SQLException e) {
        try {
            return e.getMessage() + "\n" + ServerError.of(e);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public boolean isOfCode(SQLException e) {
        try {
            ServerError error = ServerError.of(e);
            return error != null
                    && (error.internalQuery() != null
                            || error.where() != null && !error.where().startsWith("unnamed portal "));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return true;
        }
    }

    /**
     * The server's fields behind pgjdbc's exception, read by its public methods: each application has its own class of the name.
     *
     * @param where what ran inside the statement, innermost first
     */
    private record ServerError(
            String severity,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            int position,
            @Nullable String internalQuery,
            int internalPosition,
            @Nullable String where,
            @Nullable String file,
            @Nullable String routine) {

        /** {@code null} where the driver made the exception. */
        static @Nullable ServerError of(SQLException e) throws ReflectiveOperationException {
            if (!e.getClass().getName().equals("org.postgresql.util.PSQLException")) {
                // Only pgjdbc's own class carries what a server said.
                return e.getClass().getName().startsWith("java.sql.") ? null : unknown();
            }
            Object fields = e.getClass().getMethod("getServerErrorMessage").invoke(e);
            return fields == null
                    ? null
                    : new ServerError(
                            String.valueOf(text(fields, "getSeverity")),
                            String.valueOf(text(fields, "getMessage")),
                            text(fields, "getDetail"),
                            text(fields, "getHint"),
                            number(fields, "getPosition"),
                            text(fields, "getInternalQuery"),
                            number(fields, "getInternalPosition"),
                            text(fields, "getWhere"),
                            text(fields, "getFile"),
                            text(fields, "getRoutine"));
        }

        private static ServerError unknown() throws ReflectiveOperationException {
            throw new NoSuchMethodException("another driver's exception");
        }

        private static @Nullable String text(Object fields, String getter) throws ReflectiveOperationException {
            return (String) fields.getClass().getMethod(getter).invoke(fields);
        }

        private static int number(Object fields, String getter) throws ReflectiveOperationException {
            return fields.getClass().getMethod(getter).invoke(fields) instanceof Integer n ? n : 0;
        }
    }
}
