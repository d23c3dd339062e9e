package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.Quotable;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.errors.ErrorTexts;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import java.util.List;

/**
 * Which messages about some statements can be passed because the schema shows that no masked column is within their reach, and detectors
 * find nothing in the words.
 */
final class ClearMessages {

    /** SQL:2016-2, table 38: data exceptions are of values that the statement names; violations also of rows that it leads to. */
    private static final String DATA_EXCEPTION = "22";

    /** None can. */
    static final ClearMessages NONE = new ClearMessages(List.of(), Catalogue.EMPTY, Quotable.ANYTHING);

    private final List<ColumnMaskPlan> plans;
    private final Catalogue known;
    private final Quotable quotable;

    private ClearMessages(List<ColumnMaskPlan> plans, Catalogue known, Quotable quotable) {
        this.plans = plans;
        this.known = known;
        this.quotable = quotable;
    }

    /** @param plans of all statements that the messages may be about */
    static ClearMessages of(List<ColumnMaskPlan> plans, List<SqlAnalysis> analyses, ConnectionState connection) {
        Catalogue known = connection.currentCatalogue();
        Quotable worst = Quotable.NOTHING;
        for (ColumnMaskPlan plan : plans) {
            Quotable its = plan == ColumnMaskPlan.NONE ? Quotable.NOTHING : plan.quotable(known);
            worst = its.compareTo(worst) > 0 ? its : worst;
        }
        boolean code = analyses.isEmpty() || analyses.stream().anyMatch(known::mayRunCode);
        return worst == Quotable.ANYTHING || code ? NONE : new ClearMessages(plans, known, worst);
    }

    /** Whether a statement may leave behind what is quoted later, when no statement is asked any more. */
    static boolean mayQuoteLater(ColumnMaskPlan plan, Catalogue known) {
        return plan != ColumnMaskPlan.NONE && (plan.finds(null, known) || plan.quotable(known) != Quotable.NOTHING);
    }

    boolean have(SQLException e, ErrorTexts texts) {
        boolean withinReach = quotable == Quotable.NOTHING
                || quotable == Quotable.OTHER_ROWS
                        && String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION);
        return withinReach && !texts.isOfCode(e) && isClear(texts.everything(e));
    }

    /** Whether nothing is found in what stands behind such a message. */
    boolean isClear(String text) {
        for (ColumnMaskPlan plan : plans) {
            if (plan != ColumnMaskPlan.NONE && plan.finds(text, known)) {
                return false;
            }
        }
        return quotable != Quotable.ANYTHING;
    }
}
