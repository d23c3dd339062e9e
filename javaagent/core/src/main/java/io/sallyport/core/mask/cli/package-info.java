/** The pure part of the agent jar's {@code mask} and {@code detect} commands: one JSON object in, one out. */
package io.sallyport.core.mask.cli;
