/**
 * Reactor Netty's HTTP client, and what rides on it: Spring's {@code WebClient}. Defined next to the library.
 *
 * <pre>
 *   MonoHttpConnect.subscribe ───────── notices that a subscriber cancels
 *   HttpConnectionProvider.acquire ──── each request of a call, redirects and retries too, is decided before a connection is asked for;
 *                                       a held one is a publisher that waits, and occupies neither connection nor event loop
 *   HttpClientHandler.redirect ──────── tells where the next request of a call goes, if it goes over a Unix domain socket
 *   HttpClientHandler.requestWithBody ─ tells the operations on the connection which call they belong to
 *   HttpClientOperations.beforeMarkSentHeaders ─ header fields that were set after the decision (WebClient sets all of them so)
 *   HttpClientOperations.onInboundNext  masks what arrives, before the client counts, aggregates or hands it out
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.reactornetty;
