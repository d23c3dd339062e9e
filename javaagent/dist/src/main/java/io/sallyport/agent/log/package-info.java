/** The agent's own log: SLF4J to stderr, quiet unless {@code -Dsallyport.log=debug}, independent of the application's logging. */
package io.sallyport.agent.log;
