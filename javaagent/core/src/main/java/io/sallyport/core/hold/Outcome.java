package io.sallyport.core.hold;

import java.util.List;

/** How a ticket ended. */
public sealed interface Outcome {

    /** @param unmask whether the approval also suspends the masks of this call */
    record Approved(List<String> by, String reason, boolean unmask) implements Outcome {}

    record Refused(List<String> by, String reason) implements Outcome {}

    /** Nobody decided before the ticket expired. */
    record Expired() implements Outcome {}

    /** The ticket could not be brought before anyone (no control plane, channel lost and not restored). */
    record Unreachable(String why) implements Outcome {}
}
