package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.errors.ErrorTexts;
import io.sallyport.jdbc.errors.OwnTexts;
import io.sallyport.jdbc.errors.SameType;
import io.sallyport.jdbc.errors.Sayable;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that quote stored values: a failed conversion names the value that it failed on, and stored code can raise any text under
 * any SQLState. Where a mask could stand, the caller gets what {@link ErrorTexts} lists of each exception, and neither the rest nor
 * what hangs on it (cause, suppressed, the driver's own fields).
 */
public final class WithheldErrors {

    private static final String MESSAGE =
            "the database's message is withheld, since it may quote a value that is masked by policy";

    private static final int MOST_LINKS = 1_000;

    /** What may end a transaction: constraints that were put off are checked then, and quote what other statements wrote. */
    private static final Set<StatementKind> MAY_END =
            EnumSet.of(StatementKind.TRANSACTION, StatementKind.CALL, StatementKind.DYNAMIC);

    private final ErrorTexts texts;
    private final OwnTexts own;
    private final ClearMessages clear;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private WithheldErrors(ErrorTexts texts, OwnTexts own, ClearMessages clear) {
        this.texts = texts;
        this.own = own;
        this.clear = clear;
    }

    /** What to throw in place of {@code thrown}; {@code null} where it can go on as it is. */
    static @Nullable SQLException inPlaceOf(Throwable thrown, Execution execution) {
        boolean ends = mayEndMasked(execution);
        return ends || execution.isUnderMasks()
                ? inPlaceOf(
                        thrown,
                        execution.statement().connection(),
                        own(execution),
                        ends ? ClearMessages.NONE : clear(execution))
                : null;
    }

    /** What a result set throws as it is read: rows may be made only then. */
    public static @Nullable SQLException inPlaceOf(Throwable thrown, StatementState read) {
        Obligations last = read.obligations();
        if (last == null || last.columns() == ColumnMaskPlan.NONE) {
            return null;
        }
        SqlCommand command = read.command();
        List<SqlAnalysis> sent = command == null ? List.of() : List.of(command.analysis());
        return inPlaceOf(
                thrown,
                read.connection(),
                new OwnTexts(sent.stream().map(SqlAnalysis::sql).toList(), false, true),
                ClearMessages.of(List.of(last.columns()), sent, read.connection()));
    }

    /** What listeners of a pooled connection are told of what was thrown inside a call. */
    public static SQLException told(SQLException thrown, ConnectionState connection) {
        SQLException withheld = connection.inside() instanceof Execution execution
                ? inPlaceOf(thrown, execution)
                : inPlaceOf(thrown, connection);
        return withheld == null ? thrown : withheld;
    }

    /** What a method of the connection throws, where any statement on it met a masked column. */
    static @Nullable SQLException inPlaceOf(Throwable thrown, ConnectionState connection) {
        return connection.everMasked()
                ? inPlaceOf(thrown, connection, new OwnTexts(List.of(), false, true), ClearMessages.NONE)
                : null;
    }

    private static @Nullable SQLException inPlaceOf(
            Throwable thrown, ConnectionState connection, OwnTexts own, ClearMessages clear) {
        ErrorTexts texts = ErrorTexts.of(connection.target().vendor());
        if (new WithheldErrors(texts, own, clear).isSayable(thrown, false)) {
            return null;
        }
        return thrown instanceof SQLException e
                ? new WithheldErrors(texts, own, clear).replaced(e)
                : new SQLException(MESSAGE);
    }

    private static boolean mayEndMasked(Execution execution) {
        return execution.statement().connection().everMasked()
                && execution.analyses().stream().anyMatch(a -> !Collections.disjoint(MAY_END, a.kinds()));
    }

    private static ClearMessages clear(Execution execution) {
        List<ColumnMaskPlan> plans = new ArrayList<>();
        plans.add(execution.obligations().columns());
        execution.passages().forEach(passage -> plans.add(passage.obligations().columns()));
        return ClearMessages.of(
                plans, execution.analyses(), execution.statement().connection());
    }

    private static OwnTexts own(Execution execution) {
        List<SqlAnalysis> analyses = execution.analyses();
        Catalogue catalogue = execution.statement().connection().currentCatalogue();
        return new OwnTexts(
                analyses.stream().map(SqlAnalysis::sql).toList(),
                analyses.stream().allMatch(WithheldErrors::isOfOwnValues),
                analyses.stream().anyMatch(catalogue::mayRunCode));
    }

    /** An insert that meets no stored row but by its keys. */
    private static boolean isOfOwnValues(SqlAnalysis a) {
        return a.kinds().equals(Set.of(StatementKind.INSERT))
                && a.tables().stream().noneMatch(t -> t.access() == TableUse.Access.READ)
                && !a.shape()
                        .toUpperCase(java.util.Locale.ROOT)
                        .matches("(?s).*\\b(CONFLICT|DUPLICATE|RETURNING)\\b.*");
    }

    /**
     * Whether the exception and all behind it can be said as they are. A tree too large to look through cannot.
     *
     * @param drivers whether the driver made what it hangs on
     */
    private boolean isSayable(@Nullable Throwable link, boolean drivers) {
        if (link == null || !seen.add(link)) {
            return true;
        }
        if (seen.size() > MOST_LINKS) {
            return false;
        }
        boolean ofDrivers = drivers;
        if (link instanceof BatchUpdateException) {
            // Its text is made of those behind it.
            if (behind((SQLException) link).isEmpty()) {
                return false;
            }
        } else if (link instanceof SQLException e) {
            Sayable said = texts.of(e, own);
            boolean ofClearTables = clear.have(e, texts);
            if (!ofClearTables && (said == null || said.isPart())) {
                return false;
            }
            ofDrivers = ofClearTables || said != null && said.extent() == Sayable.Extent.DRIVERS;
        } else if (!drivers || clear != ClearMessages.NONE && !clear.isClear(link.toString())) {
            return false;
        }
        boolean all = isSayable(link.getCause(), ofDrivers);
        if (link instanceof SQLException e) {
            all &= isSayable(e.getNextException(), ofDrivers);
        }
        for (Throwable suppressed : link.getSuppressed()) {
            all &= isSayable(suppressed, ofDrivers);
        }
        return all;
    }

    /** The exceptions that a batch's tells about. */
    private static List<SQLException> behind(SQLException batch) {
        List<SQLException> all = new ArrayList<>();
        if (batch.getNextException() != null) {
            all.add(batch.getNextException());
        }
        if (batch.getCause() instanceof SQLException cause) {
            all.add(cause);
        }
        return all;
    }

    /** The exception and those after it in its chain, with what may be said of each. */
    private SQLException replaced(SQLException first) {
        SQLException head = SameType.as(first, said(first));
        Set<SQLException> done = Collections.newSetFromMap(new IdentityHashMap<>());
        done.add(first);
        SQLException next = first.getNextException();
        while (next != null && done.add(next) && done.size() < MOST_LINKS) {
            head.setNextException(SameType.as(next, said(next)));
            next = next.getNextException();
        }
        return head;
    }

    private String said(SQLException e) {
        if (e instanceof BatchUpdateException) {
            for (SQLException link : behind(e)) {
                Sayable said = link instanceof BatchUpdateException ? null : texts.of(link, own);
                if (said != null) {
                    return said.text();
                }
            }
            return MESSAGE;
        }
        Sayable said = texts.of(e, own);
        return said == null ? MESSAGE : said.text();
    }
}
