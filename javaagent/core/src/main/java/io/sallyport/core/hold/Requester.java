package io.sallyport.core.hold;

import org.jspecify.annotations.Nullable;

/**
 * For whom a call that waits is made, and why, as far as it is known. Of equal calls that share a ticket, which are the same user's, it is the first one's. Immutable.
 *
 * @param user the person whom the application serves, by its own word ({@code enduser.id})
 * @param parameters the call's values as the rules of the record show them
 * @param reason why it is made: what the request's context says, else the process's configuration
 */
public record Requester(
        @Nullable String user,
        @Nullable String parameters,
        @Nullable String reason) {

    public static final Requester UNKNOWN = new Requester(null, null, null);
}
