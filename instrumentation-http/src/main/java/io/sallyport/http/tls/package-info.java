/**
 * The truth about HTTPS, whichever client speaks it: every handshake of the JDK's TLS ends in {@code TransportContext.finishHandshake},
 * for sockets and for engines, for full handshakes and for resumed sessions, after the application's trust managers have had their say
 * and before its data leaves.
 *
 * <pre>
 *   TransportContext ─► FinishHandshakeAdvice ─► HandshakeTruth: who is the peer by its session? what does the policy demand for
 *                                                that host? ─► Gate.verifyTls ─► passes, or an SSLException and a closed engine
 * </pre>
 *
 * <p>So a trust manager that accepts everything, a verifier that says yes to any host and the switches that turn checks off change
 * nothing where a policy names a level. TLS by other providers (BoringSSL below Netty, Conscrypt) does not pass here.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.tls;
