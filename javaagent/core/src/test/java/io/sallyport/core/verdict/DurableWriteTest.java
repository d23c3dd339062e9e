package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Policies;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.testing.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code record.durability: power}: the event of a write is on the disk before the write is sent. */
class DurableWriteTest {

    private static final String POWER = "version: 1\nmode: enforce\nrecord: {durability: power}";

    private final List<String> done = new ArrayList<>();
    private boolean disk = true;

    private final EventSink sink = new EventSink() {
        @Override
        public boolean append(Event event) {
            done.add(event.type().name());
            return true;
        }

        @Override
        public boolean force() {
            done.add("force");
            return disk;
        }
    };

    @Test
    void aWritesDecisionIsForcedBeforeItIsSentAndItsResultIsNot() throws Exception {
        send(POWER, sql("DELETE FROM carts WHERE id = 7"));
        assertThat(done).containsExactly("DECISION", "force", "sent", "RESULT");
    }

    @Test
    void aRequestThatWritesIsForced() throws Exception {
        send(POWER, Policies.http(Policies.https("users.internal"), "PUT", "/users/7"));
        assertThat(done).containsExactly("DECISION", "force", "sent", "RESULT");
    }

    @Test
    void whatOnlyReadsIsNot() throws Exception {
        send(POWER, sql("SELECT * FROM carts"));
        send(POWER, Policies.http(Policies.https("users.internal"), "GET", "/users/7"));
        assertThat(done).doesNotContain("force");
    }

    @Test
    void byDefaultNothingIs() throws Exception {
        send("version: 1\nmode: enforce", sql("DELETE FROM carts WHERE id = 7"));
        assertThat(done).doesNotContain("force");
    }

    @Test
    void aWriteWhoseEventCannotBeForcedIsRefused() {
        disk = false;
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> send(POWER, sql("DELETE FROM carts"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("could not be recorded");
        assertThat(done).doesNotContain("sent");
    }

    private void send(String yaml, Command command) throws RefusedException {
        PolicySnapshot policy = Policies.load(yaml);
        Identity identity = new Identity("shop", true, java.util.Set.of(), Map.of());
        MovableClock clock = new MovableClock();
        Gate gate = new StandardGate(
                () -> policy, () -> identity, new HoldRoom(ApprovalDesk.NOBODY, clock), sink, clock, new IncidentIds());
        Passage passage = gate.admit(command, Waiter.unlimited());
        done.add("sent");
        passage.completed(1);
    }

    private static Command sql(String text) {
        return Policies.sql(
                Policies.postgres(), new StandardSqlReader().read(Dialect.POSTGRESQL, text, Catalogue.EMPTY));
    }
}
