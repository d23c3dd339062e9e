package io.sallyport.controlplane.sessions;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Scope;
import io.sallyport.protocol.ServerMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists, searches and stops sessions. Thread-safe. */
public final class CallSessions {

    private static final Duration IDLE = Duration.ofMinutes(15);

    private static final String SELECT =
            "select s.*, w.name as workload_name from call_session s join workload w on w.id = s.workload_id";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    public CallSessions(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What to look for; {@code null} members do not restrict.
     *
     * @param before only sessions with a smaller id
     * @param workload id or name of a workload
     * @param notable {@code refused}, {@code held}, {@code masked} or {@code errors}: sessions with at least one
     * @param text in the target, the session's name, or any of its events; on PostgreSQL see {@link SessionIndex}
     */
    public record Filter(
            @Nullable Long before,
            int limit,
            @Nullable String workload,
            @Nullable String notable,
            @Nullable String text) {}

    /** Newest first. */
    public List<CallSession> find(Filter filter, Scope scope) {
        Instant now = clock.instant();
        return database.read(handle -> {
            List<String> workloads = null;
            if (given(filter.workload())) {
                workloads = IdWalk.workloads(handle, String.valueOf(filter.workload()));
                if (workloads.isEmpty()) {
                    return List.of();
                }
            }
            SessionWalk.Wanted wanted = new SessionWalk.Wanted(
                    filter.before() == null ? Long.MAX_VALUE : filter.before(),
                    filter.limit(),
                    workloads,
                    notable(filter.notable()),
                    given(filter.text()) ? contains(String.valueOf(filter.text())) : null);
            List<Long> ids = database.isShared() && wanted.text() != null
                    ? SessionIndex.find(handle, wanted, scope, String.valueOf(filter.text()))
                    : SessionWalk.along(wanted, scope, !database.isShared()).ids(handle, scope);
            return ids.isEmpty()
                    ? List.of()
                    : handle.createQuery(SELECT + " where s.id in (<ids>) order by s.id desc")
                            .bindList("ids", ids)
                            .map((row, ctx) -> view(row, now))
                            .list();
        });
    }

    private static String notable(@Nullable String what) {
        if (!given(what)) {
            return "";
        }
        return switch (String.valueOf(what)) {
            case "refused" -> " and s.refused > 0";
            case "held" -> " and s.held > 0";
            case "masked" -> " and s.masked > 0";
            case "errors" -> " and s.errors > 0";
            default -> throw new Problem(Problem.Kind.INVALID, "notable is refused, held, masked or errors");
        };
    }

    /** @throws Problem where there is none of that id among those that the scope covers */
    public CallSession get(long id, Scope scope) {
        Instant now = clock.instant();
        return database.read(handle -> scope.bind(
                                handle.createQuery(SELECT + " where s.id = :id" + scope.and("s.workload_id")))
                        .bind("id", id)
                        .map((row, ctx) -> view(row, now))
                        .findOne())
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "there is no session of that id"));
    }

    /** From now on, whatever its workload sends in this session is refused; also after the workload's channel was away. */
    public void stop(Person actor, CallSession session, @Nullable String reason) {
        String why = Clip.text(reason == null || reason.isBlank() ? "no reason given" : reason.strip(), 1000);
        database.run(tx -> {
            Standing.require(tx, actor);
            int changed = tx.update("update call_session set stopped_at = :now, stopped_by = :by, stop_reason = :why"
                            + " where id = :id and stopped_at is null and closed_at is null")
                    .bind("now", clock.instant())
                    .bind("by", Clip.text(actor.name(), 100))
                    .bind("why", why)
                    .bind("id", session.id())
                    .execute();
            if (changed == 0) {
                throw new Problem(Problem.Kind.CONFLICT, "this session is over already");
            }
            audit.write(
                    tx,
                    actor.name(),
                    "session.stop",
                    session.session(),
                    session.workload().name() + " on " + session.target() + ": " + why);
            tx.announce(new Notice(Notice.Kind.STOPPED, session.workload().id()));
        });
    }

    /** What a workload has to be told: its sessions that were stopped and have not ended. */
    public List<ServerMessage.SessionStopped> stopped(String workload) {
        return database.read(handle -> handle.createQuery("select session, stopped_by, stop_reason from call_session"
                        + " where workload_id = :workload and stopped_at is not null and closed_at is null")
                .bind("workload", workload)
                .map((row, ctx) -> new ServerMessage.SessionStopped(
                        row.getString("session"), row.getString("stopped_by"), row.getString("stop_reason")))
                .list());
    }

    private static CallSession view(ResultSet row, Instant now) throws SQLException {
        Instant last = Columns.instant(row, "last_at");
        Instant closed = Columns.instantOrNull(row, "closed_at");
        Instant stopped = Columns.instantOrNull(row, "stopped_at");
        String state = stopped != null
                ? "stopped"
                : closed != null ? "closed" : last.isBefore(now.minus(IDLE)) ? "idle" : "open";
        return new CallSession(
                row.getLong("id"),
                new CallSession.Workload(row.getString("workload_id"), row.getString("workload_name")),
                row.getString("session"),
                row.getString("target"),
                state,
                row.getString("tls"),
                Columns.instant(row, "opened_at"),
                last,
                closed,
                row.getLong("calls"),
                row.getLong("refused"),
                row.getLong("held"),
                row.getLong("masked"),
                row.getLong("errors"),
                stopped == null
                        ? null
                        : new CallSession.Stop(stopped, row.getString("stopped_by"), row.getString("stop_reason")));
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static String contains(String text) {
        return "%"
                + text.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }
}
