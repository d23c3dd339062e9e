/**
 * What a statement does: kind, risk and facts, read from its tokens. Conditions are folded over three-valued logic so that a filter
 * that filters nothing is seen.
 */
package io.sallyport.core.sql.facts;
