/**
 * Where output values come from: scopes, relations and the base columns behind each output column.
 *
 * <p>Expressions are not parsed but searched: every name in an expression that may be a column counts as an origin, wherever it
 * stands. A name that is no column after all does no harm, because a policy names the columns it protects; one that is missed would
 * leak. Not counted: {@code count(x)} and {@code x IS NULL}, which tell how many values there are but nothing of a value, and
 * conditions (WHERE, ON), which choose rows; those of an EXISTS in an output list count where it is asked of each row, since it computes a
 * value of that row then.
 */
package io.sallyport.core.sql.lineage;
