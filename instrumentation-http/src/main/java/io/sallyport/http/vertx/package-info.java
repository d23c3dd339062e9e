/**
 * The HTTP client of Vert.x 5. Defined next to the library.
 *
 * <pre>
 *   HttpClientImpl.request ─────────────── decides before a connection is taken, by what the options say; a held request is a future of Vert.x
 *   HttpClientImpl.connect ─────────────── judges the place of a connection that an application will hold
 *   HttpClientRequestImpl.doWrite ──────── the head is about to be written: fields, method and URI that were set since are decided now
 *   HttpClientRequestBase.handleResponse ─ judges the head of an answer and puts the masker in front of the answer's handlers …
 *   HttpClientStream.chunkHandler, endHandler … which its streams remember for that
 *   WebSocketClientImpl.webSocket ──────── decides handshakes
 * </pre>
 *
 * <p>Redirects are requests of their own, by {@code HttpClientImpl.request}. Requests of a connection that an application holds ({@code
 * HttpClient.connect}), and answers that a server pushes, are first decided where they become known, and cannot wait there.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.vertx;
