/** Advice that names pgjdbc's own classes; defined once per application loader, next to the driver. */
package io.sallyport.jdbc.postgresql;
