/**
 * Sees every TCP connection that this JVM opens and tells which of them no instrumentation module mediates: a driver nobody knows, a
 * raw socket, a client loaded beside us. Those of them that go
 * to a governed place are refused, unless the policy names them.
 *
 * <pre>
 *   relays: Socket.connect ─► Relays: leads it to the relay before a place, TLS on it before anybody writes ─► RelayedSockets
 *   before: Socket, sun.nio.ch.Net ─► ConnectGuard ─► GovernedPlaces (is it the policy's business?) ─► OpenerFinder (who, by a stack walk)
 *                                         └─► Gate.refuse
 *   after:  Socket, channels ─► ConnectObserver ─► EgressCoverage (how often, where to) ─► Coverage: UNMEDIATED, TARGET
 *   meanwhile: SocketDispatcher ─► Traffic (bytes of unmediated connections to governed places)
 * </pre>
 *
 * <p>How a connection is judged, and where that errs, is said in {@link io.sallyport.sockets.OpenerFinder}.
 */
package io.sallyport.sockets;
