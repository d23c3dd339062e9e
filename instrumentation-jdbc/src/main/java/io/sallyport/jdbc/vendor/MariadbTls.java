package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Raises MariaDB Connector/J's {@code sslMode} to a required TLS level, and the settings that version 2 has in its place. Never
 * lowers anything; trust stores that the application named stay as they are.
 */
final class MariadbTls {

    /** Newer versions warn of it. */
    static final String OF_VERSION_2 = "trustServerCertificate";

    static final List<String> SETTINGS = List.of(
            "sslMode",
            "useSsl",
            "trustServerCertificate",
            "disableSslHostnameVerification",
            "serverSslCert",
            "trustStore",
            "enabledSslProtocolSuites");

    private MariadbTls() {}

    /** @param rootsFile one PEM file with the policy's roots; {@code null} for the platform's */
    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        String wanted = switch (required.level()) {
            case VERIFY_FULL -> "verify-full";
            case VERIFY_CA -> "verify-ca";
            default -> "trust";
        };
        String stated = stated(url);
        if ("disable".equals(stated)) {
            return TlsSettings.refused(
                    "TLS is switched off and the policy demands sslMode=" + wanted + ". Remove sslMode or useSsl");
        }
        String current = stated == null ? "disable" : stated;
        Map<String, String> changes = new TreeMap<>();
        if (rank(current) < rank(wanted)) {
            changes.put("sslMode", wanted);
            if (url.setting(OF_VERSION_2) != null) {
                changes.put("useSsl", "true");
                changes.put(OF_VERSION_2, String.valueOf(wanted.equals("trust")));
                changes.put("disableSslHostnameVerification", String.valueOf(!wanted.equals("verify-full")));
            }
        }
        String effective = changes.getOrDefault("sslMode", current);
        if (rank(effective) >= rank("verify-ca")
                && rootsFile != null
                && url.setting("serverSslCert") == null
                && url.setting("trustStore") == null) {
            changes.put("serverSslCert", rootsFile);
        }
        if (required.minVersion().equals("TLSv1.3")) {
            changes.put("enabledSslProtocolSuites", "TLSv1.3");
        }
        return new TlsSettings(changes, null);
    }

    /** {@code useSsl} counts more than {@code sslMode} where it is given. */
    static Map<String, String> off(ConnectUrl url) {
        boolean said = url.setting("useSsl") != null || url.setting(OF_VERSION_2) != null;
        return said ? Map.of("sslMode", "disable", "useSsl", "false") : Map.of("sslMode", "disable");
    }

    /** {@code sslMode}, or what version 2 says instead; {@code null} where nothing is said, which means plain text. */
    private static @Nullable String stated(ConnectUrl url) {
        String mode = url.setting("sslMode");
        if (mode != null) {
            return mode.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        String use = url.setting("useSsl");
        if (use == null) {
            return null;
        } else if (SideDoors.isOff(use)) {
            return "disable";
        }
        return on(url.setting("trustServerCertificate"))
                ? "trust"
                : on(url.setting("disableSslHostnameVerification")) ? "verify-ca" : "verify-full";
    }

    private static boolean on(@Nullable String value) {
        return value != null && !SideDoors.isOff(value);
    }

    private static int rank(String mode) {
        return switch (mode) {
            case "trust" -> 1;
            case "verify-ca" -> 2;
            case "verify-full" -> 3;
            default -> 0;
        };
    }
}
