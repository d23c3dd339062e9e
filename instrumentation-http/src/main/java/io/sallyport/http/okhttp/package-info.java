/**
 * OkHttp 3.12 and newer, 4 and 5, and what rides on it (Retrofit, fabric8's Kubernetes client). Defined next to the library.
 *
 * <pre>
 *   RealCall.enqueue ──── decides before a dispatcher's worker is taken; a held call is enqueued once people have approved
 *   RealCall.cancel ───── reaches the hold
 *   ConnectInterceptor ── decides each request before a connection is: the first, redirects, retries, authentication
 *   Response.trailers ──── without the fields that are no longer true of a masked body
 *   CallServerInterceptor decides again what a network interceptor changed; masks the answer below every interceptor and the cache
 * </pre>
 *
 * <p>A refusal is thrown where the client expects failures of the network, so that it takes the client's own way to the caller. It
 * is a {@link java.net.ProtocolException}, which OkHttp of every version does not try again.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.okhttp;
