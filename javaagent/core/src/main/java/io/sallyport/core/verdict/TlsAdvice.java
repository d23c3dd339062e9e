package io.sallyport.core.verdict;

import io.sallyport.core.command.Target;
import java.util.Locale;

/** How to turn TLS on, in the words of each driver's manual. */
final class TlsAdvice {

    private TlsAdvice() {}

    /** @param demand the level in the policy's words, which are PostgreSQL's */
    static String forTarget(Target target, String demand) {
        if (target.protocol() == Target.Protocol.HTTP) {
            return "Use https:.";
        }
        String setting = switch (target.vendor().toLowerCase(Locale.ROOT)) {
            case "postgresql" -> "sslmode=" + demand;
            case "mysql" -> "sslMode=" + byLevel(demand, "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY");
            case "mariadb" -> "sslMode=" + byLevel(demand, "trust", "verify-ca", "verify-full");
            case "sqlserver" -> "encrypt=true;trustServerCertificate=" + byLevel(demand, "true", "false", "false");
            case "oracle" -> "a tcps: address with oracle.net.ssl_server_dn_match=true";
            case "h2" -> "jdbc:h2:ssl: in place of jdbc:h2:tcp:";
            default -> "the driver's TLS option";
        };
        return "Set " + setting + " in the JDBC URL and turn TLS on at the server, or place a relay beside it.";
    }

    private static String byLevel(String demand, String require, String verifyCa, String verifyFull) {
        return switch (demand) {
            case "verify-full" -> verifyFull;
            case "verify-ca" -> verifyCa;
            default -> require;
        };
    }
}
