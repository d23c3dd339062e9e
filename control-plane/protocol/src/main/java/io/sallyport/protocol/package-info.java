/**
 * The wire protocol between agent and control plane, version 1.
 *
 * <p>Everything runs over HTTPS on the control plane's one port. An agent first exchanges its join token
 * or an identity token for a credential and a client certificate
 * ({@code POST} {@link io.sallyport.protocol.Paths#ENROLL}), renews them in time ({@link io.sallyport.protocol.Paths#RENEW}), and keeps one WebSocket
 * ({@link io.sallyport.protocol.Paths#CHANNEL}, {@code Authorization: Bearer <credential>}) on which both sides send JSON text
 * frames: {@link io.sallyport.protocol.AgentMessage} up, {@link io.sallyport.protocol.ServerMessage} down, told apart by their
 * {@code type} member. Unknown members are ignored and unknown types skipped, so that either side may be the newer one.
 *
 * <pre>
 *   agent                                   control plane
 *     POST /agent/v1/enroll {token, …}   →
 *                                        ←  {credential, policyKey, …}
 *     WebSocket /agent/v1/channel        →
 *     hello                              →
 *                                        ←  welcome, policy (signed)
 *     events (by sequence)               →
 *                                        ←  eventsAck
 *     approvalRequest                    →
 *                                        ←  approvalDecision
 * </pre>
 */
package io.sallyport.protocol;
