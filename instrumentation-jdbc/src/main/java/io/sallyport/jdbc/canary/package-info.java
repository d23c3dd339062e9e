/**
 * The proof at start-up that weaving works: a driver that would connect to anything, loaded as if it were application code. Knows
 * no class of the agent.
 */
package io.sallyport.jdbc.canary;
