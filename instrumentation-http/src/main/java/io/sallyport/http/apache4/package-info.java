/**
 * Apache HttpClient 4.3 and newer, classic, and what rides on it. Defined next to the library.
 *
 * <p>Woven is the last of its chain of executors, {@code MainClientExec} (and {@code MinimalClientExec}): it gets each request after
 * redirects, retries and interceptors, takes a connection from the pool for it, and returns the answer before decompression sees it.
 * Rounds of authentication, which repeat the same request, happen inside it.
 *
 * <p>{@code DefaultHttpClient} and its kin, deprecated since 4.3, do not use the chain; their director
 * decides each request and refuses those whose answers would have to be masked.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.apache4;
