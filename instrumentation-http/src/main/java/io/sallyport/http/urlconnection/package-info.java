/**
 * {@code HttpURLConnection} and {@code HttpsURLConnection}, woven at {@code sun.net.www.protocol.http.HttpURLConnection}, to which
 * the https connection delegates.
 *
 * <pre>
 *   getOutputStream ─┐ decides: the method may become POST here
 *   plainConnect ────┤ decides, once for a method and URL; every way to the network ends here
 *   followRedirect0 ─┘ decides the next URL; the blocking caller may be parked here too
 *   HttpClient.writeRequests ► where a relay stands before the URL's place: only on a socket that leads there
 *   getInputStream, getErrorStream ──► masked stream; header getters ──► without the fields that are no longer true
 * </pre>
 *
 * <p>On 17 these methods are {@code synchronized}: while a call is held, its own connection object is locked, as it is while the
 * call waits for the network.
 */
package io.sallyport.http.urlconnection;
