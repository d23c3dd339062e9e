/** Decisions: a {@link io.sallyport.core.policy.rule.Policy} bound to calls. Fast on the plain path, exact on the others. */
package io.sallyport.core.policy.decide;
