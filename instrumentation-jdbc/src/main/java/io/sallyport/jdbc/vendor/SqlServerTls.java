package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.verdict.TlsFacts;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Raises the settings of Microsoft's driver to a required TLS level: {@code encrypt}, {@code trustServerCertificate}. Never lowers
 * anything: {@code encrypt=strict} stays.
 */
final class SqlServerTls {

    private SqlServerTls() {}

    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        Map<String, String> changes = new TreeMap<>();
        if (!demandsEncryption(url.setting("encrypt"))) {
            if (url.setting("encrypt") != null) {
                return TlsSettings.refused("encrypt=" + url.setting("encrypt")
                        + " is set and the policy demands encryption. Remove it or set encrypt=true");
            }
            changes.put("encrypt", "true");
        }
        if (required.level().compareTo(Level.VERIFY_CA) >= 0) {
            if (rootsFile != null) {
                return TlsSettings.ownRoots();
            }
            if (isOn(url.setting("trustservercertificate"))) {
                changes.put("trustservercertificate", "false");
            }
        }
        String renamed = url.setting("hostnameincertificate");
        if (required.level() == Level.VERIFY_FULL && renamed != null && !renamed.isEmpty()) {
            return TlsSettings.refused(
                    "hostNameInCertificate replaces the name that the policy's verify-full is about. Remove it");
        }
        return new TlsSettings(changes, null);
    }

    static TlsFacts atBest(ConnectUrl url) {
        if (!demandsEncryption(url.setting("encrypt"))) {
            return TlsFacts.PLAINTEXT;
        }
        boolean own = url.setting("truststore") != null || url.setting("servercertificate") != null;
        boolean checked = !isOn(url.setting("trustservercertificate")) && !own;
        String protocol = url.setting("sslprotocol");
        return new TlsFacts(
                true,
                protocol == null || protocol.equalsIgnoreCase("TLS") ? PlatformTls.lowestProtocol() : protocol,
                "as negotiated",
                null,
                checked,
                checked && url.setting("hostnameincertificate") == null);
    }

    /** {@code true}, {@code mandatory} and {@code strict}; before version 10.2 nothing was encrypted without it. */
    private static boolean demandsEncryption(@Nullable String encrypt) {
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
