package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many of an application's connections approvals may tie up, and what approvers hear of the transactions on them. */
class HeldConnectionsTest {

    private static final String URL = "jdbc:h2:mem:held";
    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - {name: ask, when: {kind: [delete]}, then: approve, approval: {wait: 60s}}
            """;

    private record Asked(Ticket ticket, Consumer<Outcome> answer) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final List<Connection> open = new ArrayList<>();
    private UnderPolicy policy;

    @BeforeEach
    void load() throws Exception {
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                asked.add(new Asked(ticket, listener));
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        policy = new UnderPolicy(POLICY, new HoldRoom(desk, Clock.systemUTC()));
        connect();
        run(0, "CREATE TABLE held (id INT)");
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection c : open) {
            c.close();
        }
        policy.close();
    }

    private void connect() throws SQLException {
        open.add(WovenProcess.connect(URL));
    }

    private void run(int connection, String sql) throws SQLException {
        try (Statement s = open.get(connection).createStatement()) {
            s.execute(sql);
        }
    }

    private CompletableFuture<Throwable> held(int connection) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        run(connection, "DELETE FROM held WHERE id = " + connection);
                        return null;
                    } catch (SQLException e) {
                        return e;
                    }
                },
                task -> new Thread(task).start());
    }

    private Asked ticket() throws InterruptedException {
        Asked next = asked.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void atMostHalfOfTheOpenConnectionsWait() throws Exception {
        for (int i = 1; i < 5; i++) {
            connect();
        }
        CompletableFuture<Throwable> first = held(0);
        Asked one = ticket();
        CompletableFuture<Throwable> second = held(1);
        Asked two = ticket();
        assertThatThrownBy(() -> run(2, "DELETE FROM held")).hasMessageContaining("hold-limit");
        connect();
        CompletableFuture<Throwable> third = held(2);
        Asked three = ticket();
        for (Asked each : List.of(one, two, three)) {
            each.answer().accept(new Outcome.Approved(List.of("ann"), "", false));
        }
        for (CompletableFuture<Throwable> each : List.of(first, second, third)) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isNull();
        }
        while (open.size() > 2) {
            open.remove(2).close();
        }
        CompletableFuture<Throwable> last = held(0);
        ticket();
        assertThatThrownBy(() -> run(1, "DELETE FROM held")).hasMessageContaining("hold-limit");
        open.get(0).close();
        assertThat(last.get(20, TimeUnit.SECONDS)).hasMessageContaining("closed");
    }

    @Test
    void approversSeeWhereTheThreadCameIn() throws Exception {
        CompletableFuture<Throwable> waiting = held(0);
        Asked asked = ticket();
        assertThat(asked.ticket().entryPoint()).startsWith(HeldConnectionsTest.class.getName() + ".lambda$held$");
        asked.answer().accept(new Outcome.Approved(List.of("ann"), "", false));
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(policy.events)
                .filteredOn(e -> e.type() == Event.Type.HOLD)
                .allSatisfy(e -> assertThat(e.reason())
                        .isEqualTo("entered at " + asked.ticket().entryPoint()));
    }

    @Test
    void theOnlyConnectionMayWait() throws Exception {
        CompletableFuture<Throwable> only = held(0);
        ticket().answer().accept(new Outcome.Approved(List.of("ann"), "", false));
        assertThat(only.get(20, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void nobodyIsAskedAboutACallOnWhatIsClosed() throws Exception {
        connect();
        Connection c = open.get(1);
        Statement closed = c.createStatement();
        closed.close();
        PreparedStatement prepared = c.prepareStatement("DELETE FROM held");
        prepared.close();
        Statement ofClosed = c.createStatement();
        PreparedStatement preparedOfClosed = c.prepareStatement("DELETE FROM held");
        assertThatThrownBy(() -> closed.execute("DELETE FROM held")).hasMessageContaining("closed");
        assertThatThrownBy(prepared::execute).hasMessageContaining("closed");
        c.close();
        assertThatThrownBy(() -> ofClosed.execute("DELETE FROM held")).hasMessageContaining("closed");
        assertThatThrownBy(preparedOfClosed::execute).hasMessageContaining("closed");
        assertThat(asked).isEmpty();
        assertThat(policy.events)
                .filteredOn(e -> "deny".equals(e.verdict()))
                .hasSize(4)
                .allSatisfy(e -> assertThat(e.rules()).contains("ask"));
    }

    @Test
    void approversHearOfTheOpenTransaction() throws Exception {
        open.get(0).setAutoCommit(false);
        run(0, "INSERT INTO held VALUES (1), (2)");
        CompletableFuture<Throwable> waiting = held(0);
        Asked asked = ticket();
        assertThat(asked.ticket().openTransaction()).isTrue();
        assertThat(asked.ticket().message())
                .containsPattern("transaction is open for \\d+ s \\(1 statement, 2 rows changed\\)");
        asked.answer().accept(new Outcome.Approved(List.of("ann"), "", false));
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNull();
        open.get(0).commit();
        open.get(0).setAutoCommit(true);
        CompletableFuture<Throwable> alone = held(0);
        Asked plain = ticket();
        assertThat(plain.ticket().message()).doesNotContain("transaction");
        plain.answer().accept(new Outcome.Approved(List.of("ann"), "", false));
        assertThat(alone.get(20, TimeUnit.SECONDS)).isNull();
    }
}
