/**
 * The policy decision and its outcome. {@link io.sallyport.core.verdict.Gate} is what instrumentation modules call.
 *
 * <p>To read: {@link io.sallyport.core.verdict.StandardGate} (how a call is decided, and the only try/catch around a decision), {@code
 * Holds} (what becomes of a call that people have to approve), {@code Call} (an admitted call up to its result), {@code TlsJudge}
 * (what a socket must be), {@code Refusals} (the words).
 */
package io.sallyport.core.verdict;
