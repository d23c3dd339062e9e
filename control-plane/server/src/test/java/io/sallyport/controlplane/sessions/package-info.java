/** Tests of what lists sessions. */
package io.sallyport.controlplane.sessions;
