package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.verdict.TlsFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Oracle speaks TLS on ports of its own, to addresses with the protocol TCPS, so a connection that is none cannot be raised: it is
 * refused. Native network encryption is no TLS and does not count. What can be raised is {@code oracle.net.ssl_server_dn_match}.
 */
final class OracleTls {

    private static final String DN_MATCH = "oracle.net.ssl_server_dn_match";

    private OracleTls() {}

    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        if (!isTcps(url)) {
            return TlsSettings.refused(
                    "the address is not reached by TCPS and the policy demands TLS. Use tcps://host:2484/service"
                            + " or PROTOCOL=TCPS");
        }
        if (required.level().compareTo(Level.VERIFY_CA) >= 0 && rootsFile != null) {
            return TlsSettings.ownRoots();
        }
        if (required.level() == Level.VERIFY_FULL) {
            if (url.setting("oracle.net.ssl_server_cert_dn") != null) {
                return TlsSettings.refused(
                        "ssl_server_cert_dn replaces the name that the policy's verify-full is about." + " Remove it");
            }
            return isOn(url.setting(DN_MATCH)) ? TlsSettings.ENOUGH : new TlsSettings(Map.of(DN_MATCH, "true"), null);
        }
        return TlsSettings.ENOUGH;
    }

    static TlsFacts atBest(ConnectUrl url) {
        if (!isTcps(url)) {
            return TlsFacts.PLAINTEXT;
        }
        boolean own =
                url.setting("javax.net.ssl.truststore") != null || url.setting("oracle.net.wallet_location") != null;
        return new TlsFacts(
                true, PlatformTls.lowestProtocol(), "as negotiated", null, !own, !own && isOn(url.setting(DN_MATCH)));
    }

    private static boolean isTcps(ConnectUrl url) {
        return "tcps".equals(url.setting(OracleUrlReader.PROTOCOL));
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && !SideDoors.isOff(value);
    }
}
