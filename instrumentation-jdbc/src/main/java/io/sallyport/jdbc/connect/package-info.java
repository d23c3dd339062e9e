/** Opening a connection: what its URL says, what stands against it, and what its socket really is. */
package io.sallyport.jdbc.connect;
