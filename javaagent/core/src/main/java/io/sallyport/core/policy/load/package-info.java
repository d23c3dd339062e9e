/** From YAML text to a {@link io.sallyport.core.policy.rule.Policy}: strict, bounded, with a line number for every error. */
package io.sallyport.core.policy.load;
