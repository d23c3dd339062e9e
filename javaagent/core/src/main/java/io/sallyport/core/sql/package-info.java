/**
 * What a statement does and where its output columns come from.
 *
 * <p>Two readers judge each statement: a linear lexer per dialect that splits, sees executable comments and can classify alone,
 * and the JSqlParser tree, trusted only when it accounts for every token the lexer saw. The worse of the two counts.
 */
package io.sallyport.core.sql;
