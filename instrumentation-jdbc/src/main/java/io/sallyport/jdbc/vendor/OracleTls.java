package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Oracle speaks TLS on ports of its own, to addresses with the protocol TCPS, so a connection that is none cannot be raised: it is
 * refused. Native network encryption is no TLS and does not count. What can be raised is {@code oracle.net.ssl_server_dn_match}.
 */
final class OracleTls {

    private static final String DN_MATCH = "oracle.net.ssl_server_dn_match";

    private static final String STORE = "javax.net.ssl.trustStore";

    private OracleTls() {}

    /** @param keyStore PKCS #12 file with the policy's roots; {@code null} for the platform's */
    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String keyStore) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        if (!isTcps(url)) {
            return TlsSettings.refused(
                    "the address is not reached by TCPS and the policy demands TLS. Use tcps://host:2484/service"
                            + " or PROTOCOL=TCPS");
        }
        Map<String, String> changes = new TreeMap<>();
        if (required.level().compareTo(Level.VERIFY_CA) >= 0
                && keyStore != null
                && url.setting(STORE.toLowerCase(Locale.ROOT)) == null
                && url.setting("oracle.net.wallet_location") == null) {
            changes.put(STORE, keyStore);
            changes.put(STORE + "Type", "PKCS12");
            changes.put(STORE + "Password", Vendor.KEY_STORE_PASSWORD);
        }
        if (required.level() == Level.VERIFY_FULL) {
            if (url.setting("oracle.net.ssl_server_cert_dn") != null) {
                return TlsSettings.refused(
                        "ssl_server_cert_dn replaces the name that the policy's verify-full is about." + " Remove it");
            }
            if (!isOn(url.setting(DN_MATCH))) {
                changes.put(DN_MATCH, "true");
            }
        }
        return new TlsSettings(changes, null);
    }

    static boolean isTcps(ConnectUrl url) {
        return "tcps".equals(url.setting(OracleUrlReader.PROTOCOL));
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && !SideDoors.isOff(value);
    }
}
