/** Advice for what is Oracle's alone. */
package io.sallyport.jdbc.oracle;
