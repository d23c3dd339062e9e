/** The record that agents upload: stored exactly once, counted, searched. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.events;
