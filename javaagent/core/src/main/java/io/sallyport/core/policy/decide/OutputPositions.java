package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.decide.StatementMasks.Choice;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Masked positions of an output list, without an actual result.
 *
 * @param masked positions from 0
 * @param all whether positions cannot be told because the number of columns is unknown, and masked ones are among them
 */
public record OutputPositions(List<Integer> masked, boolean all) {

    private static final Set<StatementKind> RETURNING_ROWS = EnumSet.of(
            StatementKind.READ,
            StatementKind.CALL,
            StatementKind.DYNAMIC,
            StatementKind.COPY_LOAD,
            StatementKind.MULTI);

    static OutputPositions of(StatementMasks masks, SqlAnalysis analysis) {
        List<OutputItem> items = masks.lineage().items();
        List<Integer> positions = new ArrayList<>();
        boolean all = items.isEmpty()
                && masks.guess() != null
                && !masks.lineage().exact()
                && analysis.kinds().stream().anyMatch(RETURNING_ROWS::contains);
        // Where positions had to be guessed there may be more of them than items.
        all |= !items.isEmpty() && !masks.lineage().exact() && masks.guess() != null;
        boolean afterStar = false;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isOpen()) {
                afterStar = true;
                all |= masks.byItem(items.get(i)) != null || (!masks.lineage().exact() && masks.guess() != null);
            } else if (items.get(i) instanceof OutputItem.Column column && masked(masks, column)) {
                all |= afterStar;
                if (!afterStar) {
                    positions.add(i);
                }
            }
        }
        return new OutputPositions(List.copyOf(positions), all);
    }

    private static boolean masked(StatementMasks masks, OutputItem.Column column) {
        Choice choice = masks.byLineage(column);
        boolean clear = masks.lineage().exact() && column.complete();
        return choice != null || (!clear && masks.guess() != null);
    }
}
