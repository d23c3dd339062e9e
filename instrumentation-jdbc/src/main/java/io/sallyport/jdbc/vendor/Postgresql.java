package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** pgjdbc. */
final class Postgresql implements Vendor {

    /**
     * A socket factory can send the traffic anywhere; a connect executor and an authentication plugin run foreign code with the
     * credentials at hand; replication streams bypass statements.
     */
    private static final SideDoors DOORS = SideDoors.of(
            "socketFactory", "connectExecutor", "authenticationPluginClassName", "xmlFactoryFactory", "replication");

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return PostgresqlUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        return DOORS.open(url);
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
