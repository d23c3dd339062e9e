package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB Connector/J. {@code allowLocalInfile} is no side door here: it is on by default, the statement that names the file is
 * decided, and the driver opens no other file than that.
 */
final class Mariadb implements Vendor {

    static final SideDoors DOORS = SideDoors.of(
            // SQL that no statement carries.
            "initSql",
            "allowMultiQueries",
            "createDatabaseIfNotExist",
            // Foreign code with statements or credentials at hand.
            "socketFactory",
            "tlsSocketType",
            // Statements and values in logs and messages.
            "dumpQueriesOnException",
            "includeInnodbStatusInDeadlockExceptions",
            "enablePacketDebug",
            "profileSql",
            "slowQueryThresholdNanos",
            "log");

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return MariadbUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        List<String> open = new ArrayList<>(DOORS.open(url));
        if (SessionVariables.runSql(url.setting("sessionVariables"))) {
            open.add("sessionVariables");
        }
        return open;
    }

    @Override
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        return MariadbTls.raise(url, required, rootsFile);
    }

    @Override
    public Map<String, String> withoutOwnTls(ConnectUrl url) {
        return MariadbTls.off(url);
    }

    @Override
    public Given rewrite(String url, Properties info, Map<String, String> changes, String attempt) {
        return changes.isEmpty()
                ? new Given(url, info)
                : new Given(QueryRewrite.url(url, changes), Settings.replace(info, changes));
    }

    /** Between the handshake and the first byte of authentication. */
    @Override
    public @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return null;
    }
}
