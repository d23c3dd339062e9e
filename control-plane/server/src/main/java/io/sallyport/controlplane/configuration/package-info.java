/** The settings file of the control plane ({@code serve --settings}): who may sign in, which workloads are admitted, whom to notify. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.configuration;
