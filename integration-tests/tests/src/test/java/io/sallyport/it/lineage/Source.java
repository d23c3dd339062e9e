package io.sallyport.it.lineage;

import java.util.List;

/** Something in FROM, under the name by which its columns are qualified. */
record Source(String alias, List<Column> columns) {

    /** Whether exactly one column has this name. */
    boolean isUnique(String name) {
        return !name.isEmpty()
                && columns.stream().filter(c -> c.name().equals(name)).count() == 1;
    }
}
