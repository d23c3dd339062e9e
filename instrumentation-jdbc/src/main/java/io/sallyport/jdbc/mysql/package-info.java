/** Advice that names MySQL Connector/J's own classes; defined once per application loader, next to the driver. */
package io.sallyport.jdbc.mysql;
