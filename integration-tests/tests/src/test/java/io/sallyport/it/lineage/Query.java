package io.sallyport.it.lineage;

import java.util.List;

/**
 * A query.
 *
 * @param stable its rows come in the same order whatever the sensitive values are, so that LIMIT may stand behind it
 */
record Query(String sql, List<Column> columns, boolean stable) {

    boolean tainted() {
        return columns.stream().anyMatch(Column::tainted);
    }
}
