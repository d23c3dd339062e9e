/**
 * JDBC: woven in place at the driver's innermost class; objects are never wrapped.
 *
 * <pre>
 *   Driver.connect ───► connect   URL → target, side doors, TLS raised, gate; socket checked before credentials leave
 *   prepare, create ──► state     one state per connection and statement, in an injected field
 *   execute… ─────────► execute   facts → gate → driver → obligations to the result
 *   get… ─────────────► read      masks, bound to columns at the first read
 * </pre>
 *
 * <p>A statement that waits for approval waits at the beginning of the driver's method, before the driver takes a lock of its own.
 * Where a driver's method is itself {@code synchronized} its monitor is held meanwhile: none is in pgjdbc 42.7 (which locks inside,
 * after the advice) nor in H2 2.x (likewise), so {@code cancel} and {@code close} from another thread are never kept out.
 */
package io.sallyport.jdbc;
