/**
 * The agent's side of the control plane: one outgoing connection that is trusted by a pinned CA, and a spool on disk that makes
 * events durable before a call is sent.
 *
 * <p>It lives apart from the core because it is the only part of the agent that does I/O of its own. It runs inside other
 * people's processes: daemon threads whose names start with {@code sallyport-} and that have no context class loader, NIO
 * transport only, TLS by the JDK, and no JDBC, {@code java.net.http}, {@code HttpURLConnection} or {@code java.util.logging},
 * so that no bypass of the agent's own weaving is ever needed.
 *
 * <pre>
 *   Gate ── EventSink ───→ spool.Spool ──files──→ upload.Uploader ─┐
 *        ── ApprovalDesk → approval.LinkApprovalDesk ──────────────┤
 *                                                                 ├─ channel.AgentChannel ══TLS══ control plane
 *   PolicyHolder ←─ PolicyInstaller ←─ policy.PolicyReceiver ←─────┤       ↑
 *   Identity ←─────────────────────────── Welcome ←────────────────┘   trust, enroll
 * </pre>
 *
 * {@link io.sallyport.link.ControlPlaneLink} puts the parts together; one thread ({@code sallyport-link}) owns the connection's
 * life from enrolment to close, so that the parts it drives need no locks among themselves.
 */
package io.sallyport.link;
