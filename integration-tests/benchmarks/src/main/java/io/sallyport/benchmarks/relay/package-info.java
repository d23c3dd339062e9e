/** What a relay costs beside the TLS that a driver would have spoken itself. */
@org.jspecify.annotations.NullMarked
package io.sallyport.benchmarks.relay;
