/**
 * The database: pool, migrations, transactions, and what is told to the rest of the process once a transaction is committed.
 *
 * <p>The SQL is kept to what H2 and PostgreSQL share: row locks, conditional updates, no vendor upserts. What only the fleet's
 * store needs is in {@code db/postgresql}.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.store;
