package io.sallyport.core.hold;

/** How a caller left the {@link HoldRoom}. */
public sealed interface Departure {

    /** The ticket ended. */
    record Decided(Outcome outcome) implements Departure {}

    /** The caller could not wait any longer; the ticket lives on. */
    record StillWaiting() implements Departure {}

    /** The caller cancelled, closed, aborted or was interrupted. */
    record GaveUp(String why) implements Departure {}

    /** The caller was not let in: {@code allowed} others are held for the same target already. */
    record Surplus(int allowed) implements Departure {}

    /** The room was closed because the process ends. */
    record Closed() implements Departure {}
}
