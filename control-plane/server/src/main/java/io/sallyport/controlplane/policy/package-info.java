/** The fleet's policy: versions, validation before anything is saved, the signature that agents demand. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.policy;
