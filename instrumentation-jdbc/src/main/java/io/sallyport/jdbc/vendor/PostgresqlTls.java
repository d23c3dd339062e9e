package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Raises pgjdbc's settings to a required TLS level (pgjdbc {@code SslMode}, {@code LibPQFactory}, {@code GSSEncMode}). Never lowers
 * anything. Socket factories and host name verifiers that the policy admits stay as they are: what they accept is judged on the
 * socket itself, before credentials leave.
 */
final class PostgresqlTls {

    private static final String PLATFORM_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private PostgresqlTls() {}

    /** @param rootsFile one PEM file with the policy's roots; {@code null} for the platform's */
    static TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        if (!required.demandsEncryption() || required.exemption(url.target()) != null) {
            return TlsSettings.ENOUGH;
        }
        String wanted = sslmode(required.level());
        String stated = url.setting("sslmode");
        String current = stated != null ? stated.toLowerCase(Locale.ROOT) : flagged(url.setting("ssl"));
        if ("disable".equals(stated == null ? null : current)) {
            return TlsSettings.refused("sslmode=disable is set and the policy demands '" + wanted
                    + "'. Remove it or set sslmode=" + wanted);
        }
        if ("require".equalsIgnoreCase(url.setting("gssEncMode"))) {
            return TlsSettings.refused(
                    "gssEncMode=require replaces TLS and the policy demands '" + wanted + "'. Remove it");
        }
        Map<String, String> changes = new TreeMap<>();
        if (rank(current) < rank(wanted)) {
            changes.put("sslmode", wanted);
        }
        String effective = changes.getOrDefault("sslmode", current);
        if (rank(effective) >= rank("verify-ca")
                && url.setting("sslrootcert") == null
                && isDefaultFactory(url.setting("sslfactory"))) {
            if (rootsFile != null) {
                changes.put("sslrootcert", rootsFile);
            } else if (changes.containsKey("sslmode")) {
                changes.put("sslfactory", PLATFORM_TRUST);
            }
        }
        if (!"disable".equalsIgnoreCase(url.setting("gssEncMode"))) {
            changes.put("gssEncMode", "disable");
        }
        return new TlsSettings(changes, null);
    }

    /** What {@code ssl} says does not count beside {@code sslmode}. */
    static Map<String, String> off() {
        return Map.of("sslmode", "disable", "gssEncMode", "disable");
    }

    /** {@code PGSimpleDataSource.setURL} writes every default into the URL that it makes, this one too. */
    private static boolean isDefaultFactory(@Nullable String sslfactory) {
        return sslfactory == null || sslfactory.equals("org.postgresql.ssl.LibPQFactory");
    }

    /** {@code ssl} or {@code ssl=true} without {@code sslmode} means {@code verify-full}; see pgjdbc {@code SslMode.of}. */
    private static String flagged(@Nullable String ssl) {
        return ssl != null && (ssl.isEmpty() || Boolean.parseBoolean(ssl)) ? "verify-full" : "prefer";
    }

    private static String sslmode(TlsRequirement.Level level) {
        return level.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int rank(String sslmode) {
        return switch (sslmode) {
            case "require" -> 1;
            case "verify-ca" -> 2;
            case "verify-full" -> 3;
            default -> 0;
        };
    }
}
