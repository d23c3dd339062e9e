/**
 * An independent witness of column lineage: random statements are run on a real server over data that differ only in the sensitive
 * columns, and what changes is held against what {@code explain} says would be masked. The generator knows SQL's shapes and nothing
 * of the product; the product knows nothing of the data.
 *
 * <p>How it stays honest. Conditions, join conditions, grouping and limits hold nothing sensitive, or equality of one column as it is,
 * so that the same rows come back everywhere and only values copied or computed into the output count. Rows are compared as bags, first
 * position by position, then all positions together that would not be masked: a sensitive order betrayed by row numbers shows only in
 * the second. A write is judged by what its table holds afterwards.
 *
 * <p>Reached: joins of all kinds with USING, NATURAL, brackets and aliases for them; CTEs, recursive and data-modifying; set operations;
 * sub-selects in any place; LATERAL; windows; aggregates with DISTINCT, FILTER, ORDER BY, WITHIN GROUP; whole rows, row constructors, JSON
 * and XML construction; VALUES; functions in FROM with and without ORDINALITY and column lists; RETURNING with OLD and NEW; MERGE; views
 * that rename, compute and nest; quoted names; aliases that hide tables and columns. On MariaDB also hints, executable comments, JSON_TABLE
 * over what stands left of it, ROLLUP, views of unions and CTEs. {@code statements.txt} adds statements written by hand.
 *
 * <p>Counted as masked needlessly is what did not change and what, by the generator's own account, holds nothing made of a sensitive value:
 * {@code born > '1900-01-01'} is masked whether or not the rows at hand make it differ.
 *
 * <p>Not reached, because the same rows would not come back or nothing comes back at all; these shapes have cases in the core's corpora:
 * conditions, DISTINCT, GROUP BY and LIMIT on computed sensitive values; EXISTS over them (by definition no value); cursors, COPY,
 * EXPLAIN; session variables; keywords as labels; named windows; what the schema handed over doesn't know (statements without a schema).
 */
package io.sallyport.it.lineage;
