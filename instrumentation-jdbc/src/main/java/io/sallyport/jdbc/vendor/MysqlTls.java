package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Raises Connector/J's {@code sslMode} to a required TLS level. Never lowers anything. Trust stores and providers that the
 * application named stay as they are: what they accept is judged on the socket itself, before credentials leave.
 */
final class MysqlTls {

    static final List<String> SETTINGS = List.of(
            "sslMode",
            "useSSL",
            "requireSSL",
            "verifyServerCertificate",
            "trustCertificateKeyStoreUrl",
            "trustCertificateKeyStoreType",
            "tlsVersions",
            "enabledTLSProtocols");

    private MysqlTls() {}

    /** @param keyStore PKCS #12 file with the policy's roots; {@code null} for the platform's */
    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String keyStore) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        String wanted = switch (required.level()) {
            case VERIFY_FULL -> "VERIFY_IDENTITY";
            case VERIFY_CA -> "VERIFY_CA";
            default -> "REQUIRED";
        };
        String current = mode(url);
        if (current.equals("DISABLED")) {
            return TlsSettings.refused(
                    "TLS is switched off and the policy demands sslMode=" + wanted + ". Remove sslMode or useSSL");
        }
        Map<String, String> changes = new TreeMap<>();
        if (rank(current) < rank(wanted)) {
            changes.put("sslMode", wanted);
            // What versions before 8 understand in its place.
            changes.put("useSSL", "true");
            changes.put("requireSSL", "true");
            changes.put("verifyServerCertificate", String.valueOf(rank(wanted) >= rank("VERIFY_CA")));
        }
        String effective = changes.getOrDefault("sslMode", current);
        if (rank(effective) >= rank("VERIFY_CA")
                && isUnset(url.setting("trustCertificateKeyStoreUrl"))
                && keyStore != null) {
            changes.put("trustCertificateKeyStoreUrl", "file:" + keyStore);
            changes.put("trustCertificateKeyStoreType", "PKCS12");
            changes.put("trustCertificateKeyStorePassword", Vendor.KEY_STORE_PASSWORD);
        }
        if (required.minVersion().equals("TLSv1.3")) {
            changes.put("tlsVersions", "TLSv1.3");
        }
        return new TlsSettings(changes, null);
    }

    /** With what versions before 8 understand in its place. */
    static Map<String, String> off() {
        return Map.of("sslMode", "DISABLED", "useSSL", "false");
    }

    /** {@code sslMode}, or what the older settings mean where it is not given (Connector/J, "Connecting Securely Using SSL"). */
    private static String mode(ConnectUrl url) {
        String mode = url.setting("sslMode");
        if (mode != null) {
            return mode.strip().toUpperCase(Locale.ROOT);
        }
        String use = url.setting("useSSL");
        if (use != null && SideDoors.isOff(use)) {
            return "DISABLED";
        }
        if (on(url.setting("verifyServerCertificate"))) {
            return "VERIFY_CA";
        }
        return on(url.setting("requireSSL")) ? "REQUIRED" : "PREFERRED";
    }

    private static boolean on(@Nullable String value) {
        return value != null && !SideDoors.isOff(value);
    }

    /** An empty one means the platform's, as does none. */
    private static boolean isUnset(@Nullable String value) {
        return value == null || value.isBlank();
    }

    static int rank(String mode) {
        return switch (mode.strip().toUpperCase(Locale.ROOT)) {
            case "DISABLED" -> -1;
            case "REQUIRED" -> 1;
            case "VERIFY_CA" -> 2;
            case "VERIFY_IDENTITY" -> 3;
            default -> 0;
        };
    }
}
