/**
 * The control plane: one process that admits workloads, hands them their signed policy, brings their requests for approval
 * before people and keeps the record.
 *
 * <p>{@link io.sallyport.controlplane.ControlPlane} puts the parts together. Each package below is one idea; {@code web} and
 * {@code cli} are the only ones that know about HTTP and the terminal.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane;
