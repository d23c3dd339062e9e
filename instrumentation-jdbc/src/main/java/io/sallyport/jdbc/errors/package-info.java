/**
 * What a database's error may say to a caller whose statement could meet a masked value. Whoever writes SQL can raise an error of any
 * SQLState with any text, so nothing is concluded from the state: what may be said is listed, a vendor a file, and is made of names
 * and words of the caller's own statement. Everything else loses its text and keeps its type, SQLState and vendor code.
 */
package io.sallyport.jdbc.errors;
