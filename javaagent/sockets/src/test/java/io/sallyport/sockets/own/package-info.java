/** Defined in one of the agent's loaders when a test runs. */
package io.sallyport.sockets.own;
