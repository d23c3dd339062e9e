/** Black-box tests: the built jars, child JVMs, real servers. */
package io.sallyport.it;
