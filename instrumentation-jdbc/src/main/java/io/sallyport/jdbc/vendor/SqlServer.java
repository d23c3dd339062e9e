package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Microsoft's driver for SQL Server. No server runs where this project is built. */
final class SqlServer implements Vendor {

    /** Each names a class that the driver makes, and hands the peer's certificate, the traffic or the credentials. */
    private static final SideDoors DOORS =
            SideDoors.of("trustmanagerclass", "socketfactoryclass", "accesstokencallbackclass");

    /** Every other scheme is Java code of the driver; this one loads a library. */
    private static final String NATIVE = "nativeauthentication";

    @Override
    public boolean proven() {
        return false;
    }

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return SqlServerUrlReader.read(url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        List<String> open = new ArrayList<>(DOORS.open(url));
        String integrated = url.setting("integratedsecurity");
        String scheme = url.setting("authenticationscheme");
        boolean nativeScheme =
                scheme == null ? integrated != null && !SideDoors.isOff(integrated) : scheme.equalsIgnoreCase(NATIVE);
        if (nativeScheme) {
            open.add("authenticationscheme");
        }
        return open;
    }

    @Override
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        return SqlServerTls.raise(url, required, rootsFile);
    }

    /** The login is encrypted once pre-login agreed on it ([MS-TDS] 2.2.6.5), so what the settings demand is what happens. */
    @Override
    public TlsFacts factsBySettings(ConnectUrl url) {
        return SqlServerTls.atBest(url);
    }
}
