/** Random secrets, how they are stored, and how they are compared. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.secrets;
