package io.sallyport.link.enroll;

import io.sallyport.protocol.JoinToken;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What admits a workload.
 *
 * @param text secret
 * @param caPin CA key's hash from a join token; {@code null} for an identity token, which does not say whom to trust
 * @param id public part of a join token; the same for every identity token, since one follows the other
 */
public record EnrolToken(String text, @Nullable String caPin, String id) {

    private static final Pattern JWT = Pattern.compile("ey[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final String IDENTITY = "identity token";

    /** @throws IllegalArgumentException with a message that does not repeat the token */
    static EnrolToken parse(String text) {
        String stripped = text.strip();
        if (JWT.matcher(stripped).matches()) {
            return new EnrolToken(stripped, null, IDENTITY);
        }
        JoinToken token = JoinToken.parse(stripped);
        return new EnrolToken(token.text(), token.caPin(), token.id());
    }

    boolean identity() {
        return caPin == null;
    }

    /** How it is called in messages. */
    String name() {
        return identity() ? "the identity token" : "join token " + id;
    }

    @Override
    public String toString() {
        return "EnrolToken[" + id + "]";
    }
}
