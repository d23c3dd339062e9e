package io.sallyport.it.lineage;

/**
 * A generated statement.
 *
 * @param written the table it writes; empty for a query
 * @param created the written table is made by the statement
 */
record Statement(long seed, String sql, String written, boolean created) {

    boolean writes() {
        return !written.isEmpty();
    }
}
