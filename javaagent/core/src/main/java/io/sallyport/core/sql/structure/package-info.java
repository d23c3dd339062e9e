/**
 * Finds the parts of a statement in its tokens: statements of a text, clauses of a query, items of a FROM list, targets and
 * filters of a write. Tolerant by design: what isn't needed to know the effect or the origin of a value is skipped, so that vendor
 * syntax doesn't matter.
 */
package io.sallyport.core.sql.structure;
