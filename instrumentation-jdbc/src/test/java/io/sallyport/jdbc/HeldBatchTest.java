package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was approved of a batch is what is sent, whatever other threads do to the statement while people think. */
class HeldBatchTest {

    private final BlockingQueue<Consumer<Outcome>> waiting = new LinkedBlockingQueue<>();
    private Connection connection;
    private UnderPolicy policy;

    @BeforeEach
    void prepare() throws Exception {
        WovenProcess.GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:held-batch");
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
            s.execute("INSERT INTO orders SELECT x FROM SYSTEM_RANGE(1, 5)");
        }
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                waiting.add(listener);
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        policy = new UnderPolicy("""
                version: 1
                mode: enforce
                default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
                guard:
                  - {name: deletes, when: {kind: [delete]}, then: approve, approval: {anyOf: [dba], wait: 30s}}
                  - {name: no-drop, when: {kind: [drop]}, then: deny}
                """, new HoldRoom(desk, Clock.systemUTC()));
    }

    @AfterEach
    void close() throws SQLException {
        policy.close();
        try (Statement s = connection.createStatement()) {
            s.execute("SHUTDOWN");
        }
    }

    private static CompletableFuture<int[]> execute(Statement statement) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return statement.executeBatch();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void approve() throws InterruptedException {
        waiting.poll(20, TimeUnit.SECONDS).accept(new Outcome.Approved(List.of("ann"), "fine", false));
    }

    private List<String> left() throws SQLException {
        return UnderPolicy.row(connection, "SELECT LISTAGG(id) WITHIN GROUP (ORDER BY id) FROM orders");
    }

    @Test
    void textsAreNotAddedNorTakenAway() throws Exception {
        try (Statement s = connection.createStatement()) {
            s.addBatch("DELETE FROM orders WHERE id = 1");
            CompletableFuture<int[]> held = execute(s);
            Consumer<Outcome> ticket = waiting.poll(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> s.addBatch("DROP TABLE orders")).hasMessageContaining("by another thread");
            assertThatThrownBy(s::clearBatch).hasMessageContaining("by another thread");
            ticket.accept(new Outcome.Approved(List.of("ann"), "fine", false));
            assertThat(held.get()).containsExactly(1);
            assertThat(left()).containsExactly("2,3,4,5");

            s.addBatch("DELETE FROM orders WHERE id = 2");
            held = execute(s);
            approve();
            assertThat(held.get()).containsExactly(1);
            s.addBatch("DROP TABLE orders");
            assertThatThrownBy(s::executeBatch).hasMessageContaining("no-drop");
        }
    }

    @Test
    void entriesOfAPreparedStatementAreNotAdded() throws Exception {
        try (PreparedStatement p = connection.prepareStatement("DELETE FROM orders WHERE id = ?")) {
            p.setInt(1, 1);
            p.addBatch();
            CompletableFuture<int[]> held = execute(p);
            Consumer<Outcome> ticket = waiting.poll(20, TimeUnit.SECONDS);
            p.setInt(1, 2);
            assertThatThrownBy(p::addBatch).hasMessageContaining("by another thread");
            ticket.accept(new Outcome.Approved(List.of("ann"), "fine", false));
            assertThat(held.get()).containsExactly(1);
            assertThat(left()).containsExactly("2,3,4,5");
        }
    }

    @Test
    void aRefusedBatchCanBeChanged() throws Exception {
        try (Statement s = connection.createStatement()) {
            s.addBatch("DELETE FROM orders WHERE id = 1");
            CompletableFuture<int[]> held = execute(s);
            waiting.poll(20, TimeUnit.SECONDS).accept(new Outcome.Refused(List.of("bob"), "not today"));
            assertThatThrownBy(held::get).hasMessageContaining("not today");
            s.clearBatch();
            s.addBatch("INSERT INTO orders VALUES (6)");
            assertThat(s.executeBatch()).containsExactly(1);
        }
    }
}
