/** From the spool to the control plane: in order, in batches, a bounded number of them unconfirmed. */
package io.sallyport.link.upload;
