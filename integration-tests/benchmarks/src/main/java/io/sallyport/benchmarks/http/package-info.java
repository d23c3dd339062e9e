/** Programs that use an HTTP client as applications do. */
package io.sallyport.benchmarks.http;
