/**
 * Where HTTP clients open connections on threads that everybody shares, or hand that on to them: marks what is their own
 * ({@link io.sallyport.weaving.ClientSockets}). Nothing is decided here, and what is woven here does not vouch for what connects by it: other
 * programs use the same classes. One weave point and one advice, or a few, for each client.
 */
@NullMarked
package io.sallyport.http.connect;

import org.jspecify.annotations.NullMarked;
