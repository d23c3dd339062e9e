/** The policy commands of the agent jar as pure functions: text and JSON in, text and JSON out. Reading and printing is not theirs. */
package io.sallyport.core.policy.cli;
