/** Advice for SQLite's driver. Names none of its classes. */
package io.sallyport.jdbc.sqlite;
