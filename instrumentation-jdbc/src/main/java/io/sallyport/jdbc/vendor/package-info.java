/**
 * What is particular to one vendor's driver while a connection is opened: what its URL and properties say, which settings are side
 * doors, how its TLS settings are raised. The next driver is one more {@link io.sallyport.jdbc.vendor.Vendor}, named in
 * {@link io.sallyport.jdbc.vendor.Vendor#of}.
 */
package io.sallyport.jdbc.vendor;
