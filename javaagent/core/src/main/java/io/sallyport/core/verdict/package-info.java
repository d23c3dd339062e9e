/**
 * The policy decision and its outcome. {@link io.sallyport.core.verdict.Gate} is what instrumentation modules call; it holds the
 * only try/catch around a decision.
 */
package io.sallyport.core.verdict;
