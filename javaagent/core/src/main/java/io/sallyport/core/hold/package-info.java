/**
 * Calls that wait for people. {@link io.sallyport.core.hold.HoldRoom} is where callers wait, each on a {@link
 * io.sallyport.core.hold.Seat}; equal calls share an {@code OpenTicket}, and a {@code DeskLine} tells the
 * {@link io.sallyport.core.hold.ApprovalDesk} about it. Whether calls are equal is decided by {@code BindingDigest}.
 */
package io.sallyport.core.hold;
