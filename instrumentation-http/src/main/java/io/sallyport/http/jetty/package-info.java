/**
 * Jetty's HttpClient 12. Defined next to the library.
 *
 * <pre>
 *   HttpDestination.send ─────────────── decides each exchange before it is queued: the first, redirects, authentication; a held one is queued
 *                                        once people have approved
 *   HttpRequest.abort ────────────────── reaches the hold
 *   HttpSender.sendContent ───────────── shows the body where a record of it is made
 *   HttpReceiver.responseHeaders ─────── judges the head of an answer, before the client looks for a decoder
 *   HttpResponse.trailer ─────────────── leaves out fields behind the body that are no longer true
 *   ResponseListeners.notifyContentSource masks the body, which every kind of listener reads from there
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.jetty;
