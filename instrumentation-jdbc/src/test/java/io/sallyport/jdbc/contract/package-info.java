/** What tests and the application classes of {@code sample} have in common: the application's loader takes it from the tests'. */
package io.sallyport.jdbc.contract;
