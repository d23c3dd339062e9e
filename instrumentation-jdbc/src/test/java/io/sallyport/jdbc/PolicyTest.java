package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.verdict.StandardGate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Under a real gate with a real policy. */
class PolicyTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: approve}
            mask:
              - name: cards
                columns: [payments.card_number]
                with: {keepLast: 4}
            guard:
              - name: no-drop
                when: {kind: [drop, truncate]}
                then: deny
                message: "Schema changes go through the migration pipeline."
            """;

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void load() throws Exception {
        GATE.reset();
        PolicySnapshot policy = PolicyLoader.load(POLICY, "policy.yaml", KeySource.NONE);
        GATE.delegate = new StandardGate(
                () -> policy,
                () -> Identity.unverified("test"),
                new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()),
                event -> events.add(event),
                Clock.systemUTC(),
                () -> "incident-" + events.size());
    }

    @AfterEach
    void reset() {
        GATE.reset();
    }

    @Test
    void maskedColumnsAreMaskedUnderEveryNameAndDropsAreRefused() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:policy");
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE payments (id INT, card_number VARCHAR(20))");
            s.execute("INSERT INTO payments VALUES (1, '4111111111111111')");
            for (String sql : List.of(
                    "SELECT card_number FROM payments",
                    "SELECT card_number AS x FROM payments",
                    "SELECT p.card_number FROM payments p",
                    "SELECT x FROM (SELECT card_number AS x FROM payments) q")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    rows.next();
                    assertThat(rows.getString(1)).as(sql).isEqualTo("************1111");
                }
            }
            try (ResultSet rows = s.executeQuery("SELECT * FROM payments")) {
                rows.next();
                assertThat(rows.getInt("id")).isEqualTo(1);
                assertThat(rows.getString("card_number")).isEqualTo("************1111");
            }
            assertThatThrownBy(() -> s.execute("DROP TABLE payments"))
                    .hasMessageContaining("Schema changes go through the migration pipeline. [rule no-drop");
        }
        assertThat(events).anySatisfy(e -> assertThat(e.type()).isEqualTo(Event.Type.OPEN));
        assertThat(events)
                .filteredOn(e -> "deny".equals(e.verdict()))
                .singleElement()
                .satisfies(e -> assertThat(e.rules()).containsExactly("no-drop"));
        assertThat(events.toString()).doesNotContain("4111111111111111");
    }
}
