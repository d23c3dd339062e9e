package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MySQL Connector/J. */
final class Mysql implements Vendor {

    /** Names as in Connector/J's {@code PropertyKey}, and what older versions called them. */
    private static final SideDoors DOORS = SideDoors.of(
            // Files of this machine, at the server's wish.
            "allowLoadLocalInfile",
            "allowLoadLocalInfileInPath",
            "allowUrlInLocalInfile",
            // Another place than the one that the URL names, which may be exempt from TLS.
            "socksProxyHost",
            // SQL that no statement carries.
            "allowMultiQueries",
            "createDatabaseIfNotExist",
            "includeThreadNamesAsStatementComment",
            // Foreign code with statements, rows or credentials at hand.
            "autoDeserialize",
            "queryInterceptors",
            "statementInterceptors",
            "exceptionInterceptors",
            "connectionLifecycleInterceptors",
            "socketFactory",
            "authenticationPlugins",
            "authenticationFidoCallbackHandler",
            "authenticationWebAuthnCallbackHandler",
            "authenticationOpenidConnectCallbackHandler",
            "clientInfoProvider",
            "propertiesTransform",
            "queryInfoCacheFactory",
            "parseInfoCacheFactory",
            "serverConfigCacheFactory",
            "loadBalanceExceptionChecker",
            // Statements and values in logs, files and messages.
            "traceProtocol",
            "enablePacketDebug",
            "profileSQL",
            "logSlowQueries",
            "explainSlowQueries",
            "useUsageAdvisor",
            "autoGenerateTestcaseScript",
            "dumpQueriesOnException",
            "includeInnodbStatusInDeadlockExceptions");

    /** Values of class-valued settings that are the driver's own and go where the driver goes anyway. */
    private static final Map<String, Set<String>> OWN = Map.of(
            "socketFactory",
                    Set.of("com.mysql.cj.protocol.standardsocketfactory", "com.mysql.jdbc.standardsocketfactory"),
            "clientInfoProvider",
                    Set.of(
                            "com.mysql.cj.jdbc.commentclientinfoprovider",
                            "com.mysql.jdbc.jdbc4commentclientinfoprovider"),
            "queryInfoCacheFactory", Set.of("com.mysql.cj.perconnectionlrufactory"),
            "parseInfoCacheFactory",
                    Set.of("com.mysql.cj.perconnectionlrufactory", "com.mysql.jdbc.perconnectionlrufactory"),
            "serverConfigCacheFactory",
                    Set.of(
                            "com.mysql.cj.util.pervmserverconfigcachefactory",
                            "com.mysql.jdbc.pervmserverconfigcachefactory"));

    /** Settings that take a name of the driver's or a class of anybody's. */
    static final List<String> JUDGED =
            List.of("logger", "profilerEventHandler", "defaultAuthenticationPlugin", "ha.loadBalanceStrategy");

    /** Settings that are judged by name. */
    static Set<String> names() {
        return DOORS.names();
    }

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return MysqlUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        List<String> open = new ArrayList<>();
        for (String name : DOORS.open(url)) {
            String value = String.valueOf(url.setting(name)).strip().toLowerCase(Locale.ROOT);
            if (!OWN.getOrDefault(name, Set.of()).contains(value)) {
                open.add(name);
            }
        }
        // Names of classes where a short name would do.
        for (String name : JUDGED) {
            String value = url.setting(name);
            if (value != null && value.contains(".") && !value.startsWith("com.mysql.")) {
                open.add(name);
            }
        }
        if (SessionVariables.runSql(url.setting("sessionVariables"))) {
            open.add("sessionVariables");
        }
        return open;
    }

    @Override
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        return MysqlTls.raise(url, required, rootsFile);
    }

    @Override
    public Map<String, String> withoutOwnTls(ConnectUrl url) {
        return MysqlTls.off();
    }

    @Override
    public boolean wantsKeyStore() {
        return true;
    }

    /** Properties win over the URL, and Connector/J ignores case in names ({@code ConnectionUrl.collectProperties}). */
    @Override
    public Given rewrite(String url, Properties info, Map<String, String> changes, String attempt) {
        return changes.isEmpty() ? new Given(url, info) : new Given(url, Settings.replace(info, changes));
    }

    /** Between the handshake and the first byte of authentication. */
    @Override
    public @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return null;
    }
}
