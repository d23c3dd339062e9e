/** What people did to the control plane itself, written in the transaction that did it. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.audit;
