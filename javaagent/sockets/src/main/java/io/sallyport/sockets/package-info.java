/**
 * Sees every TCP connection that this JVM opens and tells which of them no instrumentation module mediates: a driver nobody knows, a
 * raw socket, a client loaded beside us. Observation only; nothing here refuses, changes or delays a connection.
 *
 * <pre>
 *   Socket, SocketChannel, AsynchronousSocketChannel
 *        └─ ConnectedAdvice ─► ConnectObserver ─► OpenerFinder (who, by a stack walk) ─► EgressCoverage (how often, where to)
 *                                                                                              └─► Coverage: UNMEDIATED
 * </pre>
 *
 * <p>How a connection is judged, and where that errs, is said in {@link io.sallyport.sockets.OpenerFinder}.
 */
package io.sallyport.sockets;
