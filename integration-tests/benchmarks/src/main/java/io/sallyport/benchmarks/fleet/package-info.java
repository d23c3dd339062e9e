/** A fleet's worth of agents against a control plane that runs: how many it bears, and how fast people's decisions arrive. */
@org.jspecify.annotations.NullMarked
package io.sallyport.benchmarks.fleet;
