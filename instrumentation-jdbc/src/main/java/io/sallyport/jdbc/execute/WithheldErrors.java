package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.jdbc.errors.ErrorTexts;
import io.sallyport.jdbc.errors.OwnTexts;
import io.sallyport.jdbc.errors.SameType;
import io.sallyport.jdbc.errors.Sayable;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that quote stored values: a failed conversion names the value that it failed on, and stored code can raise any text under
 * any SQLState. Where a mask could stand, the caller gets what {@link ErrorTexts} lists of each exception, and neither the rest nor
 * what hangs on it (cause, suppressed, the driver's own fields).
 */
final class WithheldErrors {

    private static final String MESSAGE =
            "the database's message is withheld, since it may quote a value that is masked by policy";

    private static final int MOST_LINKS = 1_000;

    private final ErrorTexts texts;
    private final OwnTexts own;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private WithheldErrors(ErrorTexts texts, OwnTexts own) {
        this.texts = texts;
        this.own = own;
    }

    /** What to throw in place of {@code thrown}; {@code null} where it can go on as it is. */
    static @Nullable SQLException inPlaceOf(Throwable thrown, Execution execution) {
        if (!couldBeMasked(execution)) {
            return null;
        }
        OwnTexts own = own(execution);
        ErrorTexts texts =
                ErrorTexts.of(execution.statement().connection().target().vendor());
        if (new WithheldErrors(texts, own).isSayable(thrown, false)) {
            return null;
        }
        return thrown instanceof SQLException e
                ? new WithheldErrors(texts, own).replaced(e)
                : new SQLException(MESSAGE);
    }

    private static boolean couldBeMasked(Execution execution) {
        for (var passage : execution.passages()) {
            if (passage.obligations().columns() != ColumnMaskPlan.NONE) {
                return true;
            }
        }
        return false;
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
            if (said == null || said.isPart()) {
                return false;
            }
            ofDrivers = said.extent() == Sayable.Extent.DRIVERS;
        } else if (!drivers) {
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
