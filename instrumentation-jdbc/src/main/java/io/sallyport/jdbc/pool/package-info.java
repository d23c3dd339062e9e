/**
 * Connection pools, where a call waits for people: a pool has timeouts of its own, and whoever approves should know which of them ends first.
 * Nothing else about a pool matters here; its connections are governed as the driver's. The next pool is one more {@link
 * io.sallyport.jdbc.pool.PoolKind}.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.jdbc.pool;
