/** The command line: {@code serve}, and the commands that speak to a running control plane. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.cli;
