package io.sallyport.jdbc;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.core.verdict.StoppedSessions;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The woven process under a real gate with a real policy, until it is closed. */
final class UnderPolicy implements AutoCloseable {

    final List<Event> events = new CopyOnWriteArrayList<>();
    final StoppedSessions stopped = new StoppedSessions();
    private volatile PolicySnapshot snapshot;

    UnderPolicy(String policy) throws Exception {
        this(policy, new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()));
    }

    UnderPolicy(String policy, HoldRoom room) throws Exception {
        WovenProcess.GATE.reset();
        snapshot = PolicyLoader.load(policy, "policy.yaml", UnderPolicy::key);
        WovenProcess.GATE.delegate = new StandardGate(
                () -> snapshot,
                () -> Identity.unverified("test"),
                room,
                new Recorder(event -> events.add(event), Clock.systemUTC()),
                () -> "incident-" + events.size(),
                FailureNames.BY_CLASS,
                stopped);
    }

    /** Another policy from now on, as the control plane sends one to a running process. */
    void change(String policy) throws Exception {
        snapshot = PolicyLoader.load(policy, "policy.yaml", UnderPolicy::key);
    }

    /** Every named key has one. */
    private static byte[] key(String reference) {
        return ("a key for " + reference + " of these tests").getBytes(StandardCharsets.UTF_8);
    }

    /** The first row as the application gets it. */
    static List<String> row(Connection connection, String sql) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            if (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
            }
            return values;
        }
    }

    @Override
    public void close() {
        WovenProcess.GATE.reset();
    }
}
