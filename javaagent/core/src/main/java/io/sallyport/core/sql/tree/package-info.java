/**
 * The second reader: JSqlParser, asked whether a statement is what the token reader takes it for.
 *
 * <p>It never sees the text itself but what the lexer made of it, so it can neither see another comment or string boundary nor drop
 * a tail unnoticed; and it sees only what is small enough for it (its time and stack grow faster than its input).
 */
package io.sallyport.core.sql.tree;
