/** Requests that the control plane makes to others: identity providers, notification receivers. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.outward;
