/** The way from the JVM's call of {@code premain} to a woven, governed process. Runs in the agent loader. */
package io.sallyport.agent.startup;
