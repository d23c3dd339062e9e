/**
 * {@code java.net.http.HttpClient}, woven at {@code jdk.internal.net.http.HttpClientImpl}.
 *
 * <p>{@code send} and the three-argument {@code sendAsync} do not call each other (both end in a private overload), so both are
 * woven; the two-argument {@code sendAsync} calls the three-argument one, and the WebSocket handshake goes through it too.
 * Redirects are followed far below; the request that one leads to is decided where the JDK creates it, and the answer is under the
 * obligations of the request that was decided last.
 */
package io.sallyport.http.jdk;
