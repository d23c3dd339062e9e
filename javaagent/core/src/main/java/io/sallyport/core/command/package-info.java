/** What is about to happen, and where: the input of every decision. Immutable, without credentials. */
package io.sallyport.core.command;
