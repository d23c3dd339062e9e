/**
 * What a statement does and where its output columns come from. {@link io.sallyport.core.sql.StandardSqlReader} is the entry.
 *
 * <p>Two readers judge a statement. Our own ({@code lex}, {@code structure}, {@code facts}, {@code lineage}) cuts the text as the
 * server would, finds statements, clauses and FROM lists, and searches expressions for columns; it is linear, tolerates vendor
 * syntax and is the source of kinds, facts, tables and lineage. JSqlParser ({@code tree}) is the witness for statements that write:
 * only when its tree accounts for every token and says the same is a filtered write taken for the low risk it seems to be
 * ({@link io.sallyport.core.sql.SqlAnalysis.Parser#TREE}), and where it says worse, that counts. It isn't asked about texts without
 * such a write, because its answer could change nothing there.
 *
 * <p>All names are folded to lower case, in every dialect and whether quoted or not ({@code lex.Names}): policies are matched without
 * regard to case, so that no notation of a name escapes.
 */
package io.sallyport.core.sql;
