package io.sallyport.core.verdict;

import io.sallyport.core.command.Target;
import java.util.Locale;

/** How to mend a connection's TLS, by the name that the setting has in each driver's manual. */
final class TlsAdvice {

    private TlsAdvice() {}

    /** @param demand the level in the policy's words, which are PostgreSQL's */
    static String encrypt(Target target, String demand) {
        if (target.protocol() == Target.Protocol.HTTP) {
            return "Use https:.";
        }
        String how = switch (vendor(target)) {
            case "postgresql" -> "Set sslmode=" + demand + " in the JDBC URL";
            case "mysql" ->
                "Set sslMode=" + byLevel(demand, "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY") + " in the JDBC URL";
            case "mariadb" ->
                "Set sslMode=" + byLevel(demand, "trust", "verify-ca", "verify-full") + " in the JDBC URL";
            case "sqlserver" ->
                "Set encrypt=true;trustServerCertificate=" + byLevel(demand, "true", "false", "false")
                        + " in the JDBC URL, or encrypt=strict where the server speaks TDS 8";
            case "oracle" ->
                "Use a TCPS address, jdbc:oracle:thin:@tcps://host:2484/service"
                        + byLevel(demand, "", "", ", with oracle.net.ssl_server_dn_match=true");
            case "h2" -> "Use jdbc:h2:ssl: in place of jdbc:h2:tcp:";
            default -> "";
        };
        return how.isEmpty()
                ? "Place a relay beside the server: of this driver nobody can see whether it encrypts."
                : how + ", and turn TLS on at the server; or place a relay beside it.";
    }

    /** @param version least one, by its JSSE name */
    static String atLeast(Target target, String version) {
        String inClient = "in the client's list of protocols";
        if (target.protocol() == Target.Protocol.JDBC) {
            inClient = switch (vendor(target)) {
                case "mysql" -> "by tlsVersions=" + version + " in the JDBC URL";
                case "mariadb" -> "by enabledSslProtocolSuites=" + version + " in the JDBC URL";
                case "sqlserver" ->
                    version.equals("TLSv1.3")
                            ? "by encrypt=strict in the JDBC URL"
                            : "by sslProtocol=" + version + " in the JDBC URL";
                case "oracle" -> "by oracle.net.ssl_version=" + version.replace("TLSv", "") + " in its properties";
                case "postgresql", "h2" -> "by -Djdk.tls.client.protocols=" + version + " where that property is set";
                default -> inClient;
            };
        }
        return "Enable " + version + " on the server and " + inClient + ".";
    }

    private static String vendor(Target target) {
        return target.vendor().toLowerCase(Locale.ROOT);
    }

    private static String byLevel(String demand, String require, String verifyCa, String verifyFull) {
        return switch (demand) {
            case "verify-full" -> verifyFull;
            case "verify-ca" -> verifyCa;
            default -> require;
        };
    }
}
