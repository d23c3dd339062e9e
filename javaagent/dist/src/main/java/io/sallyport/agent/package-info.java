/**
 * What the JVM's system loader sees of the agent: the entry points and the loader of everything else. Does as little as possible,
 * keeps no state, logs nothing, and is never referenced again once the agent loader runs.
 */
package io.sallyport.agent;
