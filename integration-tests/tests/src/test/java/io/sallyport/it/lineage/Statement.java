package io.sallyport.it.lineage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A generated statement.
 *
 * @param written the table it writes; empty for a query
 * @param created the written table is made by the statement
 * @param tainted output positions that hold something made of a sensitive value, as far as the generator knows, whether or not
 *     the data at hand make it differ
 */
record Statement(long seed, String sql, String written, boolean created, Set<Integer> tainted) {

    static Set<Integer> tainted(List<Column> columns) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).tainted())
                .boxed()
                .collect(Collectors.toSet());
    }

    boolean writes() {
        return !written.isEmpty();
    }
}
