package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.structure.Span;
import org.jspecify.annotations.Nullable;

/** What a filter's names and sub-queries have to do with the rows of the table that is written. */
interface Rows {

    /** Whether a name chain or a sub-query may depend on the row that is written. */
    boolean depend(Span nameOrQuery);

    /** Whether the name chain is qualified with the written table, so that its last part alone means the same. */
    boolean isOwn(Span chain);

    /** The column of the written row that the name stands for, where a query beside it gives it under another name; {@code null} otherwise. */
    default @Nullable String source(Span chain) {
        return null;
    }

    /** Whether the column identifies the written row, going by its name: it is never null and, a number, from 1 on. */
    boolean isKey(Span chain);

    /** PostgreSQL: whether the name means all columns of the written row at once. Where a column may have the same name, it may be meant. */
    default boolean isWhole(Span chain) {
        return false;
    }

    /** Whether the query gives the value {@code text} of the written row itself, whatever else it gives. */
    boolean givesOwn(Span query, @Nullable String text);

    /** Whether the query finds the written row itself, whatever else it finds. */
    boolean findsOwn(Span query);

    /**
     * Whether the query gives the least or greatest of the values {@code text} of all rows, the written one among them.
     *
     * @param aggregate {@code MIN} or {@code MAX}
     */
    default boolean boundsOwn(Span query, String aggregate, String text) {
        return false;
    }

    /** Told where a part of the condition could not be read. */
    default void unread() {}

    /** Whether columns hold what they do in one case out of many. */
    default boolean isCase() {
        return false;
    }

    /** What the column holds in the case that is looked at; {@code null} where no certain case is. */
    default @Nullable Value column(Span chain, String text) {
        return null;
    }

    /** What the whole row is as a text in the case that is looked at; {@code null} where no certain case is. */
    default @Nullable Value whole() {
        return null;
    }

    /** What the test {@code text}, which can't be folded, says in the case that is looked at; {@code null} where no certain case is. */
    default @Nullable Value test(@Nullable String text) {
        return null;
    }

    /**
     * What a call that can't be calculated gives in the case that is looked at; {@code null} where no certain case is.
     *
     * @param name the function, in upper case
     * @param key the call with its arguments; equal keys give equal values
     */
    default @Nullable Value call(String name, @Nullable String key) {
        return null;
    }
}
