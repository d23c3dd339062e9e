package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages that quote stored values: a failed conversion and a violated constraint name the value that they failed on, so
 * {@code CAST(email AS INT)} would show what the mask of {@code email} hides. Where a mask could stand, the caller gets the
 * SQLState and no message of the database, and neither do the exceptions behind it: next, cause and suppressed.
 */
final class WithheldErrors {

    /** Data exception, integrity constraint violation, PL/pgSQL's RAISE: classes of SQLState whose messages quote values. */
    private static final Set<String> QUOTING = Set.of("22", "23", "P0");

    /** Servers that keep to the classes of the standard. */
    private static final Set<String> BY_THE_STANDARD = Set.of("postgresql", "h2");

    /** What others never quote values under: connection, transaction, rights, cancel, not supported. */
    private static final Set<String> SILENT = Set.of("08", "0A", "25", "28", "40", "57", "70");

    /** From the first quotation mark to the last, of any language that PostgreSQL's messages come in. */
    private static final Pattern QUOTED = Pattern.compile("[\"'«»„“”‘’「](.*)[\"'«»„“”‘’」]", Pattern.DOTALL);

    private static final int MOST_LINKS = 1_000;

    private WithheldErrors() {}

    /** What to throw in place of {@code thrown}; {@code null} where it can go on as it is. */
    static @Nullable SQLException inPlaceOf(Throwable thrown, Execution execution) {
        if (!couldBeMasked(execution)) {
            return null;
        }
        String vendor = execution.statement().connection().target().vendor();
        List<String> texts = BY_THE_STANDARD.contains(vendor)
                ? execution.analyses().stream().map(SqlAnalysis::sql).toList()
                : List.of();
        if (!quotesSomewhere(thrown, texts)) {
            return null;
        }
        return thrown instanceof SQLException e ? withheld(e) : new SQLException(MESSAGE);
    }

    private static final String MESSAGE =
            "the database's message is withheld, since it may quote a value that is masked by policy";

    /**
     * Whether an exception of the whole tree may quote a value. A tree too large to look through may.
     *
     * @param texts the statements, where the server keeps to the standard's classes; else empty
     */
    private static boolean quotesSomewhere(Throwable thrown, List<String> texts) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        add(thrown, seen, open);
        while (!open.isEmpty()) {
            Throwable one = open.pop();
            if (one instanceof SQLException e) {
                if (quotes(e, texts)) {
                    return true;
                }
                add(e.getNextException(), seen, open);
            }
            add(one.getCause(), seen, open);
            for (Throwable suppressed : one.getSuppressed()) {
                add(suppressed, seen, open);
            }
            if (seen.size() > MOST_LINKS) {
                return true;
            }
        }
        return false;
    }

    private static void add(@Nullable Throwable link, Set<Throwable> seen, Deque<Throwable> open) {
        if (link != null && seen.add(link)) {
            open.push(link);
        }
    }

    private static boolean quotes(SQLException e, List<String> texts) {
        if (e instanceof SQLFeatureNotSupportedException) {
            // The driver's own: it has sent nothing.
            return false;
        }
        String state = e.getSQLState();
        if (state == null || state.length() != 5) {
            return texts.isEmpty();
        }
        String ofClass = state.substring(0, 2);
        if (SILENT.contains(ofClass) || QUOTING.contains(ofClass) || texts.isEmpty()) {
            return !SILENT.contains(ofClass);
        }
        return !quotesOnly(String.valueOf(e.getMessage()), texts);
    }

    /**
     * Whether all that a message quotes stands in the statement anyhow. A cast to a name ({@code ('a' || email)::regtype}) or a
     * file's name quotes a value under the states of an unknown name or file.
     */
    private static boolean quotesOnly(String message, List<String> texts) {
        // H2 repeats the statement behind its message.
        int own = message.indexOf("; SQL statement:");
        String said = own < 0 ? message : message.substring(0, own);
        Matcher quoted = QUOTED.matcher(said);
        if (!quoted.find()) {
            return true;
        }
        String name = quoted.group(1).toLowerCase(Locale.ROOT);
        return texts.stream().anyMatch(sql -> sql.toLowerCase(Locale.ROOT).contains(name));
    }

    private static boolean couldBeMasked(Execution execution) {
        for (var passage : execution.passages()) {
            if (passage.obligations().columns() != ColumnMaskPlan.NONE) {
                return execution.analyses().stream().anyMatch(WithheldErrors::readsStoredValues);
            }
        }
        return false;
    }

    /** An insert of the caller's own values fails on nothing else. */
    private static boolean readsStoredValues(SqlAnalysis a) {
        return !a.kinds().equals(Set.of(StatementKind.INSERT))
                || a.tables().stream().anyMatch(t -> t.access() == TableUse.Access.READ);
    }

    /** The exception and those after it in its chain, without a word of the database's. */
    private static SQLException withheld(SQLException first) {
        SQLException head = same(first);
        Set<SQLException> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(first);
        SQLException next = first.getNextException();
        while (next != null && seen.add(next) && seen.size() < MOST_LINKS) {
            head.setNextException(same(next));
            next = next.getNextException();
        }
        return head;
    }

    private static SQLException same(SQLException e) {
        SQLException same = ofClass(e);
        same.setStackTrace(e.getStackTrace());
        return same;
    }

    private static SQLException ofClass(SQLException e) {
        if (e instanceof BatchUpdateException batch) {
            return new BatchUpdateException(
                    MESSAGE, e.getSQLState(), e.getErrorCode(), batch.getLargeUpdateCounts(), null);
        } else if (e instanceof SQLDataException) {
            return new SQLDataException(MESSAGE, e.getSQLState(), e.getErrorCode());
        } else if (e instanceof SQLIntegrityConstraintViolationException) {
            return new SQLIntegrityConstraintViolationException(MESSAGE, e.getSQLState(), e.getErrorCode());
        }
        return new SQLException(MESSAGE, e.getSQLState(), e.getErrorCode());
    }
}
