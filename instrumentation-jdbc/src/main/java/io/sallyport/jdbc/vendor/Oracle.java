package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Oracle's driver. No server runs where this project is built. */
final class Oracle implements Vendor {

    /**
     * Where the driver gets its settings, or runs code, behind the URL: provider URLs, name services, proxies, kept files; and what
     * writes values to files.
     */
    private static final SideDoors DOORS = SideDoors.of(
            "oracle.jdbc.config",
            "oracle.jdbc.config.file",
            "oracle.net.socksproxyhost",
            "oracle.net.httpsproxyhost",
            "oracle.net.ldap_config",
            "oracle.net.authentication_services",
            "oracle.jdbc.defaultconnectionvalidation",
            "oracle.jdbc.initializationcallback",
            "oracle.jdbc.sqltranslationprofile",
            "oracle.jdbc.sqlerrortranslationfile",
            // Connections, statements and results that are put together while the program runs, over several others.
            "oracle.jdbc.useshardingdriverconnection",
            "oracle.jdbc.usetruecachedriverconnection",
            "oracle.jdbc.trace",
            "oracle.jdbc.diagnostic.enablelogging");

    @Override
    public boolean proven() {
        return false;
    }

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return OracleUrlReader.read(url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        List<String> open = new ArrayList<>(DOORS.open(url));
        String name = url.target().database();
        if (name.startsWith("ldap:") || name.startsWith("ldaps:") || name.startsWith("config-")) {
            open.add("name-service");
        }
        url.settings().keySet().stream()
                .filter(s -> s.startsWith(OracleUrlReader.PROVIDER))
                .forEach(open::add);
        return open;
    }

    @Override
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String keyStore) {
        return OracleTls.raise(url, required, keyStore);
    }

    @Override
    public @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return OracleTls.isTcps(url) ? null : TlsFacts.PLAINTEXT;
    }

    @Override
    public boolean isSeenByHandshake() {
        return true;
    }

    @Override
    public boolean wantsKeyStore() {
        return true;
    }
}
