/** Tests of the stream for a SIEM. */
package io.sallyport.controlplane.siem;
