/**
 * The relay: transport encryption for a target that has none, placed beside it.
 *
 * <pre>
 *   agent's driver socket ══ TLS 1.3, both sides show a certificate ══► relay ──── loopback or host network ────► target
 *                                                                        │
 *                     Relay: accepts ─► TLS handshake ─► AdmittedClient: opens the target ─► two Pipes
 * </pre>
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li>Nothing reaches the target before the caller has shown a certificate that the control plane's authority signed for
 *       clients; a caller without one does not even make the relay open a connection.
 *   <li>One relay serves one target. A caller has no way to name another.
 *   <li>Bytes are carried unchanged and in order, in both directions, and so is the end of each direction (half-close). A side that
 *       reads slowly slows the other down: {@link io.sallyport.controlplane.relay.Pipe} stops reading where it cannot write, so a
 *       connection costs bounded memory.
 *   <li>Certificates are read again when their files change ({@link io.sallyport.controlplane.relay.RelayCertificates}); open
 *       connections keep what they were opened with.
 *   <li>A stop lets open connections finish for a while ({@link io.sallyport.controlplane.relay.Relay#drain}).
 * </ul>
 *
 * <p>Both connections of a pair live on one event loop, so no state of a pair is shared between threads.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.relay;
