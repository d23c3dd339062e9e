package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** pgjdbc. */
final class Postgresql implements Vendor {

    /**
     * A socket factory can send the traffic anywhere, and one for TLS sockets reads it after decryption; a connect executor, an authentication
     * plugin and the verifier and callback of TLS run foreign code with the credentials at hand; replication streams bypass statements.
     */
    private static final SideDoors DOORS = SideDoors.of(
            "socketFactory",
            "sslfactory",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "connectExecutor",
            "authenticationPluginClassName",
            "xmlFactoryFactory",
            "replication");

    /** What they trust is judged on the socket. */
    private static final Map<String, Set<String>> OWN = Map.of(
            "sslfactory",
            Set.of(
                    "org.postgresql.ssl.LibPQFactory",
                    "org.postgresql.ssl.jdbc4.LibPQFactory",
                    "org.postgresql.ssl.DefaultJavaSSLFactory",
                    "org.postgresql.ssl.SingleCertValidatingFactory",
                    "org.postgresql.ssl.NonValidatingFactory"),
            "sslhostnameverifier",
            Set.of("org.postgresql.ssl.PGjdbcHostnameVerifier", "org.postgresql.ssl.jdbc4.LibPQFactory"));

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return PostgresqlUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        return DOORS.open(url, OWN);
    }

    @Override
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        return PostgresqlTls.raise(url, required, rootsFile);
    }

    @Override
    public Map<String, String> withoutOwnTls(ConnectUrl url) {
        return PostgresqlTls.off();
    }

    @Override
    public Given rewrite(String url, Properties info, Map<String, String> changes, String attempt) {
        Properties properties = Settings.copy(info, changes);
        properties.setProperty(Settings.ATTEMPT, attempt);
        return new Given(QueryRewrite.url(url, changes), properties);
    }

    /** Between the handshake and the first byte of authentication. */
    @Override
    public @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return null;
    }
}
