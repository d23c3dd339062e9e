package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One vendor's driver, while a connection is opened. Stateless. */
public interface Vendor {

    /** Of key stores that hold the policy's roots. It keeps no secret: roots are public. */
    String KEY_STORE_PASSWORD = "sallyport";

    /** Whether this project runs its tests against a live server of the vendor. What was never proven needs a word of the policy. */
    default boolean proven() {
        return true;
    }

    /** Whether the vendor is one of those that are known by name. */
    default boolean isKnown() {
        return true;
    }

    /**
     * What the driver will read out of a URL and properties.
     *
     * @param driver the driver that accepts {@code url}, where there is one
     * @param info the properties given with the URL; never changed
     */
    ConnectUrl read(@Nullable Driver driver, String url, Properties info);

    /** The given properties as the driver will read them: what is judged, and what the driver is then called with. */
    default Properties settled(Properties info) {
        return Settings.settled(info);
    }

    /** Settings that are open side doors, named as in {@link ConnectUrl#settings}. */
    List<String> sideDoors(ConnectUrl url);

    /**
     * Raises the TLS settings to what is required; never lowers any.
     *
     * @param rootsFile one file with the policy's roots, PEM or as {@link #wantsKeyStore} says; {@code null} for the platform's
     */
    default TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        return TlsSettings.ENOUGH;
    }

    /**
     * Settings under which the driver asks for no TLS of its own, whatever the application wished: a target behind a relay has none, and the
     * relay's is between them. None where the driver would not ask by itself.
     */
    default Map<String, String> withoutOwnTls(ConnectUrl url) {
        return Map.of();
    }

    /** Whether roots are given as a PKCS #12 file, under {@link #KEY_STORE_PASSWORD}. */
    default boolean wantsKeyStore() {
        return false;
    }

    /**
     * What the driver gets in place of the given URL and properties, which stay as they are.
     *
     * @param changes settings to put in place
     * @param attempt id of the attempt, for drivers that carry foreign properties to their own thread
     */
    default Given rewrite(String url, Properties info, Map<String, String> changes, String attempt) {
        return changes.isEmpty() ? new Given(url, info) : new Given(url, Settings.copy(info, changes));
    }

    /**
     * What the connection is by what the driver is told, where that is enough to know it: plain text. {@code null} where it is seen.
     *
     * @param url with the raised settings
     */
    default @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return TlsFacts.PLAINTEXT;
    }

    /** Whether it is seen when the driver's handshake is complete, since its socket is out of reach; otherwise on the socket. */
    default boolean isSeenByHandshake() {
        return false;
    }

    /** What a driver is called with. */
    record Given(String url, Properties info) {}

    /** The vendor of a JDBC sub-protocol. */
    static Vendor of(String subProtocol) {
        return switch (subProtocol) {
            case "postgresql" -> new Postgresql();
            case "h2" -> new H2();
            case "mysql", "mysql+srv" -> new Mysql();
            case "mariadb" -> new Mariadb();
            case "sqlite" -> new Sqlite();
            case "sqlserver" -> new SqlServer();
            case "oracle" -> new Oracle();
            default -> new UnknownVendor();
        };
    }

    /** The same where a driver is known: MariaDB's takes URLs of MySQL as well, and reads them in its own way. */
    static Vendor of(String subProtocol, @Nullable Driver driver) {
        boolean mariadb = driver != null && driver.getClass().getName().startsWith("org.mariadb.jdbc.");
        return mariadb ? new Mariadb() : of(subProtocol);
    }

    /** The sub-protocol of a JDBC URL in lower case; empty for anything else. */
    static String nameIn(String url) {
        if (!url.regionMatches(true, 0, "jdbc:", 0, 5)) {
            return "";
        }
        int end = url.indexOf(':', 5);
        return end < 0 ? "" : url.substring(5, end).toLowerCase(Locale.ROOT);
    }
}
