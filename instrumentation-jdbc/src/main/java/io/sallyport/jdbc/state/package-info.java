/** What is known of a connection and of a statement, kept in the objects themselves. */
package io.sallyport.jdbc.state;
