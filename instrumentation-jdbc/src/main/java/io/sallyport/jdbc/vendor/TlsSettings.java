package io.sallyport.jdbc.vendor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a driver's TLS settings.
 *
 * @param changes settings to put in place of the given ones; empty when they suffice
 * @param complaint why the connection must not be made, and what to do; {@code null} when it may
 */
public record TlsSettings(
        Map<String, String> changes, @Nullable String complaint) {

    public static final TlsSettings ENOUGH = new TlsSettings(Map.of(), null);

    public TlsSettings {
        changes = Map.copyOf(changes);
    }

    static TlsSettings refused(String why) {
        return new TlsSettings(Map.of(), why + " in the JDBC URL or the connection properties.");
    }
}
