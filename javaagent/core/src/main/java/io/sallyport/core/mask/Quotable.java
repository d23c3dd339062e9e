package io.sallyport.core.mask;

/** What a database's message about one statement may quote of values that column rules mask. */
public enum Quotable {
    /** The schema shows that neither the statement's tables nor what its writes reach holds a masked column. */
    NOTHING,
    /**
     * Its tables hold none; constraints may carry a write to other tables, and what is said of a violation there quotes their rows.
     */
    OTHER_ROWS,
    /** Its tables hold a masked column, or nobody knows. */
    ANYTHING
}
