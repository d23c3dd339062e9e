/**
 * The ledger of vendor methods: what every public method that no part of {@code java.sql} and {@code javax.sql} declares means for
 * enforcement, per driver, held against the jars of several versions.
 */
package io.sallyport.jdbc.ledger;
