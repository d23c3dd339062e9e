/** A sample workload: an ordinary batch job with a connection pool and an HTTP client. It knows nothing of Sallyport. */
package io.example.shop;
