/**
 * What the clients have in common that are built on Netty: the masking of its HTTP messages. Defined next to the library, once for each client
 * that uses it.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.netty;
