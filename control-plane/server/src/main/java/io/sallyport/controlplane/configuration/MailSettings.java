package io.sallyport.controlplane.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail submission server and whom it writes to.
 *
 * @param port 587, or 465 with {@code implicitTls}, when absent
 * @param tls {@code starttls} (default) or {@code implicit}; there is no plain text
 * @param user for SMTP AUTH; none when absent
 * @param password {@code env:NAME} or {@code file:PATH}
 */
public record MailSettings(
        String host,
        @Nullable Integer port,
        @Nullable Tls tls,
        @Nullable String user,
        @Nullable String password,
        String from,
        List<String> to) {

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    public MailSettings {
        to = to == null ? List.of() : List.copyOf(to);
    }

    /** How TLS begins. */
    public enum Tls {
        starttls,
        implicit
    }

    public boolean implicitTls() {
        return tls == Tls.implicit;
    }

    public int effectivePort() {
        if (port != null) {
            return port;
        }
        return implicitTls() ? 465 : 587;
    }
}
