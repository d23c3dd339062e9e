package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.OutputItem;
import java.util.List;

/**
 * Which items of an output list an actual column can belong to. A star, or another open item, stands for as many columns as are left
 * over; with two or more of them, what lies between the first and the last can belong to any of the items there.
 */
final class Alignment {

    private final List<OutputItem> items;
    private final int columns;
    private final int firstStar;
    private final int lastStar;

    Alignment(List<OutputItem> items, int columns) {
        this.items = items;
        this.columns = columns;
        int first = -1;
        int last = -1;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isOpen()) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        this.firstStar = first;
        this.lastStar = last;
    }

    /** Whether the list can yield that many columns at all; when not, nothing is known of any of them. */
    boolean fits() {
        if (items.isEmpty()) {
            return false;
        }
        if (firstStar < 0) {
            return items.size() == columns;
        }
        int stars = 0;
        for (OutputItem item : items) {
            stars += item.isOpen() ? 1 : 0;
        }
        return columns >= items.size() - stars;
    }

    /** The items that column {@code i} (from 0) can belong to: one, or several where it cannot be told. */
    List<OutputItem> candidates(int i) {
        if (firstStar < 0 || i < firstStar) {
            return items.subList(i, i + 1);
        }
        int afterLast = items.size() - 1 - lastStar;
        int fromEnd = columns - 1 - i;
        if (fromEnd < afterLast) {
            int index = items.size() - 1 - fromEnd;
            return items.subList(index, index + 1);
        }
        return items.subList(firstStar, lastStar + 1);
    }
}
