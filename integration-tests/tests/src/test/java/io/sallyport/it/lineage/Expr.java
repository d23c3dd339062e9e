package io.sallyport.it.lineage;

/**
 * An expression.
 *
 * @param tainted may change with a sensitive value. Used only to keep such expressions out of conditions, grouping and limits, where
 *     they would change which rows come back; what must be masked is told by running the statement
 * @param copied one column's value as it is
 */
record Expr(String sql, boolean tainted, boolean copied) {

    static Expr literal(String sql) {
        return new Expr(sql, false, true);
    }
}
