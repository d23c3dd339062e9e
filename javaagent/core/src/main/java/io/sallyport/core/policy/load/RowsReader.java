package io.sallyport.core.policy.load;

import io.sallyport.core.policy.rule.condition.RowsCondition;
import io.sallyport.core.policy.rule.condition.RowsCondition.Counted;
import org.jspecify.annotations.Nullable;

/** The {@code rows} key: {@code {returned: 1000}} or {@code {changed: 100, per: transaction}}. */
final class RowsReader {
    private static final int MOST = 999_999_999;

    private RowsReader() {}

    static @Nullable RowsCondition read(Section when) {
        Section rows = when.section("rows", Shape.ROWS);
        if (rows == null) {
            return null;
        }
        boolean returned = rows.has("returned");
        boolean changed = rows.has("changed");
        if (returned == changed) {
            rows.errorHere(
                    "name either returned or changed: the two are counted at different moments, so each takes a rule");
            return null;
        }
        if (returned && rows.has("per")) {
            rows.error("per", "rows returned are counted for each result; 'per' belongs to changed");
            return null;
        }
        Vocabulary.Per per = rows.choice("per", Vocabulary.PER, Vocabulary.Per.STATEMENT);
        Counted counted = returned
                ? Counted.RETURNED
                : per == Vocabulary.Per.TRANSACTION ? Counted.CHANGED_IN_TRANSACTION : Counted.CHANGED_BY_STATEMENT;
        return new RowsCondition(counted, rows.number(returned ? "returned" : "changed", 0, MOST, 0));
    }
}
