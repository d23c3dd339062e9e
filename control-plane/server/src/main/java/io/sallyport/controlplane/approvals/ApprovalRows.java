package io.sallyport.controlplane.approvals;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Presence;
import io.sallyport.core.hold.ApproverHours;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads tickets with their workload and their decisions. */
final class ApprovalRows {

    private static final TypeReference<List<ApproverHours>> HOURS = new TypeReference<>() {};
    private static final String SELECT =
            "select a.*, w.name, w.host, w.connected_to, w.last_seen, w.verified from approval a join workload w on w.id = a.workload_id ";

    static List<ApprovalView> read(Handle handle, Instant now, String where, UnaryOperator<Query> bind) {
        List<ApprovalView> bare = bind.apply(handle.createQuery(SELECT + where))
                .map((row, ctx) -> view(row, now))
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<String, List<ApprovalView.DecisionView>> decisions = new HashMap<>();
        handle.createQuery("select * from decision where approval_id in (<ids>) order by decided_at, person")
                .bindList("ids", bare.stream().map(ApprovalView::id).toList())
                .map((row, ctx) -> Map.entry(row.getString("approval_id"), decision(row)))
                .forEach(entry -> decisions
                        .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return bare.stream()
                .map(view -> view.with(decisions.getOrDefault(view.id(), List.of())))
                .toList();
    }

    private static ApprovalView view(ResultSet row, Instant now) throws SQLException {
        List<ApproverHours> hours = Columns.read(row, "hours", HOURS);
        List<String> anyOf = Columns.names(row, "any_of");
        return new ApprovalView(
                row.getString("id"),
                new ApprovalView.WorkloadRef(
                        row.getString("workload_id"),
                        row.getString("name"),
                        row.getString("host"),
                        Presence.isConnected(row.getString("connected_to"), Columns.instant(row, "last_seen"), now),
                        row.getBoolean("verified")),
                row.getString("state"),
                row.getString("target"),
                row.getString("summary"),
                row.getString("detail"),
                row.getString("call_site"),
                row.getString("entry_point"),
                row.getString("thread"),
                row.getInt("callers"),
                row.getBoolean("open_transaction"),
                Columns.names(row, "rules"),
                anyOf,
                row.getInt("required"),
                row.getBoolean("reason_required"),
                row.getString("message"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"),
                List.of(),
                Columns.instantOrNull(row, "escalated_at"),
                Columns.instantOrNull(row, "decided_at"),
                row.getString("withdrawn_why"),
                hours,
                ApproverHours.inWords(hours),
                ApproverHours.opens(hours, anyOf, now),
                row.getString("end_user"),
                row.getString("parameters"),
                row.getString("requested_because"),
                row.getBoolean("each_of"));
    }

    private static ApprovalView.DecisionView decision(ResultSet row) throws SQLException {
        return new ApprovalView.DecisionView(
                row.getString("person"),
                row.getString("outcome"),
                row.getString("reason"),
                row.getBoolean("unmask"),
                Columns.instant(row, "decided_at"),
                row.getBoolean("break_glass"),
                row.getString("vouched_by"),
                Columns.names(row, "member_of"));
    }

    private ApprovalRows() {}
}
