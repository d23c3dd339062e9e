package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Raises the settings of Microsoft's driver to a required TLS level: {@code encrypt}, {@code trustServerCertificate}. Never lowers
 * anything: {@code encrypt=strict} stays, and so do trust stores that the application named; what they accept is judged when the handshake is
 * complete.
 */
final class SqlServerTls {

    private SqlServerTls() {}

    /** @param keyStore PKCS #12 file with the policy's roots; {@code null} for the platform's */
    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String keyStore) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        Map<String, String> changes = new TreeMap<>();
        if (!demandsEncryption(url)) {
            if (url.setting("encrypt") != null) {
                return TlsSettings.refused("encrypt=" + url.setting("encrypt")
                        + " is set and the policy demands encryption. Remove it or set encrypt=true");
            }
            changes.put("encrypt", "true");
        }
        if (required.level().compareTo(Level.VERIFY_CA) >= 0) {
            if (isOn(url.setting("trustservercertificate"))) {
                changes.put("trustservercertificate", "false");
            }
            if (keyStore != null && url.setting("truststore") == null && url.setting("servercertificate") == null) {
                changes.put("trustStore", keyStore);
                changes.put("trustStoreType", "PKCS12");
                changes.put("trustStorePassword", Vendor.KEY_STORE_PASSWORD);
            }
        }
        String renamed = url.setting("hostnameincertificate");
        if (required.level() == Level.VERIFY_FULL && renamed != null && !renamed.isEmpty()) {
            return TlsSettings.refused(
                    "hostNameInCertificate replaces the name that the policy's verify-full is about. Remove it");
        }
        return new TlsSettings(changes, null);
    }

    /** {@code true}, {@code mandatory} and {@code strict}; before version 10.2 nothing was encrypted without it. */
    static boolean demandsEncryption(ConnectUrl url) {
        String encrypt = url.setting("encrypt");
        if (encrypt == null) {
            return false;
        }
        String value = encrypt.toLowerCase(Locale.ROOT);
        return value.equals("true") || value.equals("mandatory") || value.equals("strict");
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && !SideDoors.isOff(value);
    }
}
