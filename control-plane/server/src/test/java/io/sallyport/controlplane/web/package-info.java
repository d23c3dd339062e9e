/** Parts of the HTTPS port that need no server. */
package io.sallyport.controlplane.web;
