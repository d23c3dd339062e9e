/** The keys of {@code when} and {@code unless}: one type per key, each able to judge a call. */
package io.sallyport.core.policy.rule.condition;
