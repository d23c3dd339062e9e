/**
 * What a database says about itself, for statements that name a view, a partition or a function where a policy names a column. Read
 * on a new connection before the application gets it, for all connections to the target, and by nothing else: the next vendor is one
 * more {@link io.sallyport.jdbc.catalogue.CatalogueReader}.
 */
package io.sallyport.jdbc.catalogue;
