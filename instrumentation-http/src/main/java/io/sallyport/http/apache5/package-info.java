/**
 * Apache HttpClient 5, classic and asynchronous (HTTP/1.1 and HTTP/2), and what rides on it. Defined next to the library.
 *
 * <p>Both are a chain of handlers; the last two are of interest. {@code ConnectExec} is where a request is decided: after redirects,
 * retries and authentication, before a connection is taken from the pool, so that a call that waits for people occupies none. What runs
 * a request on its connection ({@code InternalExecRuntime}, asynchronous {@code MainClientExec}) decides again what a handler or an
 * interceptor in between has changed, and masks the answer before decompression, caches and handlers see it.
 *
 * <p>What is known about a call is the state of its {@code ExecRuntime}, which all its requests share.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.apache5;
