/**
 * Pools and wrappers as applications set them up. Each adapter answers the settings {@code url}, {@code user} and {@code password} with a
 * data source of one connection, which its pool checks by a query of its own before it lends it and whose statements it keeps where it can.
 */
package io.sallyport.jdbc.sample.pool;
