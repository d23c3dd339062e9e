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
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String keyStore) {
        return SqlServerTls.raise(url, required, keyStore);
    }

    /** Where the driver does not demand it, pre-login may agree on encrypting the login alone ([MS-TDS] 2.2.6.5). */
    @Override
    public @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return SqlServerTls.demandsEncryption(url) ? null : TlsFacts.PLAINTEXT;
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
