/** Advice for Microsoft's driver. Names none of its classes. */
package io.sallyport.jdbc.sqlserver;
