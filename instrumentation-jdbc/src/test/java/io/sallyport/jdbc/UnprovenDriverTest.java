package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.TlsRequirement;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQL Server and Oracle: no server runs here, so what is tested is what their drivers do without one. */
class UnprovenDriverTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final int PRELOGIN = 0x12;
    private static final int LOGIN = 0x10;

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    @Test
    void aDriverThatWasNeverProvenIsRefusedBeforeItConnects() throws Exception {
        try (TdsPeer peer = new TdsPeer()) {
            assertThatThrownBy(() -> WovenProcess.connect(sqlServer(), peer.url()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("never proven against a live server")
                    .hasMessageContaining("allowUnproven")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
            assertThatThrownBy(
                            () -> WovenProcess.connect(oracle(), "jdbc:oracle:thin:@127.0.0.1:" + peer.port() + ":x"))
                    .hasMessageContaining("jdbc:oracle");
            assertThat(peer.packets).isEmpty();
        }
        assertThat(GATE.checks).containsExactly("unproven", "unproven");
    }

    @Test
    void aDataSourceIsNoWayAroundThat() throws Exception {
        Object source = sqlServerLoader()
                .loadClass("com.microsoft.sqlserver.jdbc.SQLServerDataSource")
                .getConstructor()
                .newInstance();
        source.getClass().getMethod("setServerName", String.class).invoke(source, "localhost");
        assertThatThrownBy(() -> ((javax.sql.DataSource) source).getConnection("u", "p"))
                .hasMessageContaining("never proven");
        assertThat(GATE.checks).containsExactly("unproven");
    }

    @Test
    void dataSourcesOfOraclesAreNoWayAroundThatEither() throws Exception {
        ClassLoader loader = WovenProcess.application("ojdbc11-23.26.4.0.0");
        for (String type : List.of("oracle.jdbc.pool.OracleDataSource", "oracle.jdbc.xa.client.OracleXADataSource")) {
            Object source = loader.loadClass(type).getConstructor().newInstance();
            source.getClass().getMethod("setURL", String.class).invoke(source, "jdbc:oracle:thin:@127.0.0.1:1:x");
            assertThatThrownBy(() -> {
                        if (source instanceof javax.sql.XADataSource distributed) {
                            distributed.getXAConnection("u", "p");
                        } else {
                            ((javax.sql.DataSource) source).getConnection("u", "p");
                        }
                    })
                    .as(type)
                    .hasMessageContaining("never proven");
        }
        assertThat(GATE.checks).containsExactly("unproven", "unproven");
    }

    @Test
    void anOracleConnectionThatStandsForSeveralIsASideDoor() {
        GATE.allowedUnproven = Set.of("oracle");
        for (String several :
                List.of("oracle.jdbc.useShardingDriverConnection", "oracle.jdbc.useTrueCacheDriverConnection")) {
            assertThatThrownBy(() -> WovenProcess.connect(oracle(), "jdbc:oracle:thin:@127.0.0.1:1:x", several, "true"))
                    .hasMessageContaining("oracle:" + several.toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Without a server: what a branch is refused for, and that the driver's class asks. */
    @Test
    void anOracleBranchIsNotCommittedForAConnectionThatNobodyKnows() throws Exception {
        Object resource = WovenProcess.application("ojdbc11-23.26.4.0.0")
                .loadClass("oracle.jdbc.xa.client.OracleXAResource")
                .getConstructor()
                .newInstance();
        assertThatThrownBy(() -> ((javax.transaction.xa.XAResource) resource).commit(null, true))
                .hasMessageContaining("does not tell whose branch");
        assertThatThrownBy(() -> ((javax.transaction.xa.XAResource) resource).prepare(null))
                .hasMessageContaining("does not tell whose branch");
    }

    @Test
    void aDriverThatThePolicyNamesConnects() throws Exception {
        GATE.allowedUnproven = Set.of("sqlserver");
        try (TdsPeer peer = new TdsPeer()) {
            assertThatThrownBy(() -> WovenProcess.connect(sqlServer(), peer.url()))
                    .isInstanceOf(SQLException.class);
            assertThat(peer.packets).contains(PRELOGIN);
        }
        assertThat(GATE.checks).isEmpty();
    }

    @Test
    void theLoginStaysHereWhereTlsIsDemandedAndTheServerHasNone() throws Exception {
        GATE.allowedUnproven = Set.of("sqlserver");
        try (TdsPeer peer = new TdsPeer()) {
            assertThatThrownBy(() -> WovenProcess.connect(sqlServer(), peer.url()))
                    .isInstanceOf(SQLException.class);
            assertThat(peer.packets)
                    .as("this version does not encrypt by itself")
                    .contains(LOGIN);
        }
        GATE.tls = new TlsRequirement(TlsRequirement.Level.REQUIRE, null, List.of(), Set.of());
        try (TdsPeer peer = new TdsPeer()) {
            assertThatThrownBy(() -> WovenProcess.connect(sqlServer(), peer.url()))
                    .isInstanceOf(SQLException.class);
            assertThat(peer.packets).contains(PRELOGIN).doesNotContain(LOGIN);
        }
    }

    @Test
    void anOracleAddressWithoutTcpsIsRefusedWhereTlsIsDemanded() {
        GATE.allowedUnproven = Set.of("oracle");
        GATE.tls = new TlsRequirement(TlsRequirement.Level.REQUIRE, null, List.of(), Set.of());
        assertThatThrownBy(() -> WovenProcess.connect(oracle(), "jdbc:oracle:thin:@127.0.0.1:1:x"))
                .hasMessageContaining("TCPS");
        assertThat(GATE.checks).containsExactly("tls");
    }

    private static ClassLoader sqlServerLoader() {
        return WovenProcess.application("mssql-jdbc-9.4.1.jre11");
    }

    private static Driver sqlServer() {
        return WovenProcess.driver(sqlServerLoader(), "com.microsoft.sqlserver.jdbc.SQLServerDriver");
    }

    private static Driver oracle() {
        return WovenProcess.driver(WovenProcess.application("ojdbc11-23.26.4.0.0"), "oracle.jdbc.OracleDriver");
    }

    /** Answers pre-login with "no encryption here" and remembers the types of what it gets ([MS-TDS] 2.2.3.1.1). */
    private static final class TdsPeer implements AutoCloseable {

        private static final byte[] NO_ENCRYPTION = {
            4, 1, 0, 26, 0, 0, 1, 0, 0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF, 15, 0, 0, 0, 0, 0, 2
        };

        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<Integer> packets = new CopyOnWriteArrayList<>();
        private final Thread thread = new Thread(this::serve, "tds-peer");

        TdsPeer() throws IOException {
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        String url() {
            return "jdbc:sqlserver://127.0.0.1:" + port()
                    + ";user=sa;password=secret;loginTimeout=5;connectRetryCount=0";
        }

        private void serve() {
            while (true) {
                try (Socket socket = server.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    while (true) {
                        int type = in.readUnsignedByte();
                        in.readUnsignedByte();
                        in.readFully(new byte[in.readUnsignedShort() - 4]);
                        packets.add(type);
                        if (type != PRELOGIN) {
                            break;
                        }
                        socket.getOutputStream().write(NO_ENCRYPTION);
                    }
                } catch (IOException ended) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        }

        @Override
        public void close() throws Exception {
            server.close();
            thread.join();
        }
    }
}
