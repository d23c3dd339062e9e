package io.sallyport.core.policy.match;

import io.sallyport.core.command.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * An entry {@code socket:CLASS@HOST:PORT} of {@code connect.allow}: connections to a governed target that the policy admits although no
 * driver or client that is mediated opens them. Globs; without {@code @} to any target, without {@code :PORT} to any port.
 *
 * @param opener binary name of the class that opens the connection, as the coverage shows it
 */
public record SocketAllowance(Glob opener, @Nullable HostPattern place) {

    private static final String PREFIX = "socket:";

    public static boolean isOne(String entry) {
        return entry.startsWith(PREFIX);
    }

    /** @throws IllegalArgumentException with a sentence for the policy's author */
    public static SocketAllowance parse(String entry) {
        String text = entry.substring(PREFIX.length()).strip();
        int at = text.indexOf('@');
        String opener = at < 0 ? text : text.substring(0, at);
        if (opener.isBlank()) {
            throw new IllegalArgumentException(
                    "a connection is written socket:class or socket:class@host:port, with globs");
        }
        return new SocketAllowance(Glob.of(opener), at < 0 ? null : HostPattern.parse(text.substring(at + 1)));
    }

    public boolean admits(String openerName, Endpoint to) {
        return opener.matches(openerName) && (place == null || place.matches(to));
    }
}
