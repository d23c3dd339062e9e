/** Tests of how stored events are found. */
package io.sallyport.controlplane.events;
