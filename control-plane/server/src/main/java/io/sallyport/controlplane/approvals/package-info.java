/**
 * Tickets and the people who decide them.
 *
 * <p>A ticket leaves {@code waiting} once, whoever comes first: approvers, a refusal, expiry, the caller's withdrawal. Each of them
 * is one transaction that locks the ticket's row before it looks at the state.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.approvals;
