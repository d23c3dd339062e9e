/** Statements on their way to a verdict, and results on their way back. */
package io.sallyport.jdbc.execute;
