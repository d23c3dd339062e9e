/**
 * TLS to relays in this workload's name: its own short-lived certificate is shown, and only a relay that the control plane's authority vouches for,
 * under the name that was asked for, is spoken to.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.link.relay;
