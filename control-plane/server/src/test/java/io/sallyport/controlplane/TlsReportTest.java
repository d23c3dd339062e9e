package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.core.verdict.StoppedSessions;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.protocol.AgentMessage.Events;
import io.sallyport.protocol.AgentMessage.Numbered;
import io.sallyport.protocol.ServerMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent's own judgement of each driver's connections becomes in the list of what a policy would refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsReportTest {

    private static final String DEMAND = "tls: [{level: verify-full}]\nallowUnproven: [sqlserver, oracle]\n";

    private Running server;
    private TestAgent agent;
    private long sent;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        agent = server.connectedAgent("ledger");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql,sslmode=verify-full",
        "mysql,sslMode=VERIFY_IDENTITY",
        "mariadb,sslMode=verify-full",
        "sqlserver,encrypt=true;trustServerCertificate=false",
        "oracle,'jdbc:oracle:thin:@tcps://host:2484/service, with oracle.net.ssl_server_dn_match=true'",
        "h2,jdbc:h2:ssl: in place of jdbc:h2:tcp:"
    })
    void aConnectionThatIsPassedUnderObservationIsListedWithItsDriversSetting(String vendor, String setting)
            throws Exception {
        ConnectCommand connect = connect(vendor, "observed");
        report(gate("observe", connect, gate -> gate.verifyTls(connect, TlsFacts.PLAINTEXT)));

        JsonNode line = line(connect);
        assertThat(line.path("outcome").asText()).isEqualTo("WOULD_REFUSE");
        assertThat(line.path("tls").asText()).isEqualTo("plaintext");
        assertThat(line.path("fix").asText()).contains("verify-full").contains(setting);
        assertThat(line.path("workload").asText()).isEqualTo("ledger");
    }

    /** No byte was sent, so that there is nothing to tell of a socket. */
    @Test
    void aConnectionThatIsRefusedForItsSettingsIsListedToo() throws Exception {
        ConnectCommand connect = connect("mariadb", "refused");
        report(gate("enforce", connect, gate -> gate.refuse(connect, "tls", "Remove sslMode or useSsl")));

        JsonNode line = line(connect);
        assertThat(line.path("outcome").asText()).isEqualTo("REFUSED");
        assertThat(line.path("tls").asText()).isEqualTo("not opened");
        assertThat(line.path("fix").asText()).isEqualTo("Remove sslMode or useSsl");
    }

    private interface Judged {
        void by(StandardGate gate) throws RefusedException;
    }

    /** The events of an agent under {@code mode}. */
    private static List<Event> gate(String mode, ConnectCommand connect, Judged judged) throws Exception {
        List<Event> events = new ArrayList<>();
        PolicySnapshot policy =
                PolicyLoader.load("version: 1\nmode: " + mode + "\n" + DEMAND, "policy.yaml", name -> new byte[0]);
        StandardGate gate = new StandardGate(
                () -> policy,
                () -> Identity.unverified("ledger"),
                new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()),
                new Recorder(events::add, Clock.systemUTC()),
                () -> "call-" + connect.target().vendor() + "-" + events.size(),
                FailureNames.BY_CLASS,
                new StoppedSessions());
        Throwable refused = catchThrowable(() -> judged.by(gate));
        assertThat(refused != null).isEqualTo(mode.equals("enforce"));
        return events;
    }

    private void report(List<Event> events) throws Exception {
        List<Numbered> numbered = new ArrayList<>();
        for (Event event : events) {
            numbered.add(new Numbered(++sent, event));
        }
        agent.send(new Events("spool-1", numbered));
        agent.next(ServerMessage.EventsAck.class);
    }

    private JsonNode line(ConnectCommand connect) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode line : server.admin().get("/api/v1/tls").expect(200)) {
            if (line.path("target").asText().equals(connect.target().url())) {
                found.add(line);
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static ConnectCommand connect(String vendor, String host) {
        Target target = new Target(
                Target.Protocol.JDBC,
                vendor,
                List.of(new Endpoint(host + ".internal", 1)),
                "app",
                "jdbc:" + vendor + "://" + host + ".internal/app");
        return new ConnectCommand(target, "jdbc-1", new Caller("main", "shop.Ledger.open:12", false), Map.of(), "app");
    }
}
