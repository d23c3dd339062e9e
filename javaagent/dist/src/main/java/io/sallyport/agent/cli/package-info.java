/**
 * The agent jar's command line: what a policy would do, before it is rolled out. The logic is in the core; this package reads,
 * calls and prints.
 */
package io.sallyport.agent.cli;
