/**
 * Workloads: how they are admitted, the channel that each keeps, and what is known about them.
 *
 * <p>{@link io.sallyport.controlplane.agents.AgentChannel} is the protocol's server side without any HTTP; the web package feeds it
 * text frames and gives it a {@link io.sallyport.controlplane.agents.Line} to answer on.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.agents;
