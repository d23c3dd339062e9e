package io.sallyport.jdbc.vendor;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.TlsFacts;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** H2, in process and remote. */
final class H2 implements Vendor {

    /** {@code INIT} runs SQL; a listener, a serializer and what an authenticator's file names are foreign code inside the engine. */
    private static final SideDoors DOORS =
            SideDoors.of("INIT", "RECOVER_TEST", "DATABASE_EVENT_LISTENER", "JAVA_OBJECT_SERIALIZER", "AUTHENTICATOR");

    /** Level 1 writes errors, from level 2 on statements and values are written. */
    private static final List<String> TRACES = List.of("TRACE_LEVEL_FILE", "TRACE_LEVEL_SYSTEM_OUT");

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return H2UrlReader.INSTANCE.read(driver, url, info);
    }

    /** {@code org.h2.engine.ConnectionInfo} reads every entry, whatever its type. */
    @Override
    public Properties settled(Properties info) {
        return Settings.printed(info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        List<String> open = new ArrayList<>(DOORS.open(url));
        for (String trace : TRACES) {
            String level = url.setting(trace);
            if (level != null && !SideDoors.isOff(level) && !level.equals("1")) {
                open.add(trace);
            }
        }
        return open;
    }

    /**
     * A file that is opened with {@code AUTO_SERVER} is served, in plain text and on every interface, to whoever opens it next, and whoever opens
     * it next is that server's client ({@code org.h2.engine.SessionRemote.connectEmbeddedOrServer}).
     */
    @Override
    public TlsSettings raise(ConnectUrl url, TlsRequirement required, @Nullable String rootsFile) {
        String auto = url.setting("AUTO_SERVER");
        return auto != null && !SideDoors.isOff(auto) && required.demandsEncryption()
                ? TlsSettings.refused(
                        "AUTO_SERVER makes a server that speaks no TLS, and the policy demands it. Remove AUTO_SERVER")
                : TlsSettings.ENOUGH;
    }

    /** H2's client verifies no host name, and accepts anonymous servers where the JDK has them. */
    @Override
    public @Nullable TlsFacts factsBySettings(ConnectUrl url) {
        return url.target().url().startsWith("jdbc:h2:ssl:") ? null : TlsFacts.PLAINTEXT;
    }

    @Override
    public boolean isSeenByHandshake() {
        return true;
    }
}
