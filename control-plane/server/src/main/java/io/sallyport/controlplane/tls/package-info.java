/**
 * The control plane's own certificate authority and server certificate.
 *
 * <p>Agents and command lines trust the authority, never a public root: they get {@code ca.pem}, or a join token that carries the
 * SHA-256 of the authority's key. The server therefore presents the authority's certificate behind its own.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.tls;
