/**
 * The record as a stream for a SIEM: every event in Elastic Common Schema, over HTTPS or syslog, at least once. A stream has a cursor in the
 * store, so that it goes on after a restart and only one replica sends.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.siem;
