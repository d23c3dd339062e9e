/**
 * AsyncHttpClient 3. Defined next to the library.
 *
 * <pre>
 *   NettyRequestSender.sendRequest ───── decides every request of a call: the first, redirects, rounds of authentication, retries, what a filter
 *                                        replays; its future is made here, so that a call that waits for people has one
 *   NettyResponseFuture.cancel, abort ── reach the hold
 *   ChannelManager.createSslHandler ──── says whom an engine speaks to, whoever made it
 *   AsyncHttpClientHandler.channelRead ─ masks what arrives, before the client's interceptors and the caller's handler see it
 *   Http2Handler.handleRead ──────────── the same for the frames of HTTP/2 (since 3.0.8)
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.asynchttpclient;
