package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Scope;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.Ticket;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Approvals that hold for a while. A grant is for one workload and for equal calls ({@link Covers#CALL}: the same target, statement and parameters)
 * or for calls of one shape ({@link Covers#SHAPE}: parameters and literals may differ), for the same end user where one is known, counted from the
 * approval. It exists only if
 * every approver of the ticket asked for one; the shortest time and the narrowest cover count. Thread-safe.
 */
public final class Grants {

    private static final int LONGEST_MINUTES = (int) Duration.ofHours(24).toMinutes();

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    public Grants(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Which later calls a grant is for. */
    public enum Covers {
        CALL,
        SHAPE;

        static Covers parse(@Nullable String text) {
            for (Covers one : values()) {
                if (one.text().equals(text == null ? "call" : text)) {
                    return one;
                }
            }
            throw new Problem(Problem.Kind.UNPROCESSABLE, "grantFor is call or shape");
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an approver asks for. */
    public record Wish(int minutes, Covers covers) {

        /** @return {@code null} when no grant is asked for */
        public static @Nullable Wish of(@Nullable Integer minutes, @Nullable String covers) {
            if (minutes == null) {
                return null;
            }
            if (minutes < 1 || minutes > LONGEST_MINUTES) {
                throw new Problem(Problem.Kind.UNPROCESSABLE, "grantMinutes is 1 to " + LONGEST_MINUTES);
            }
            return new Wish(minutes, Covers.parse(covers));
        }
    }

    /**
     * A grant as people see it.
     *
     * @param approval the ticket that it came from
     * @param used how many calls have run under it
     */
    public record Listed(
            String id,
            String approval,
            String workload,
            String workloadName,
            String summary,
            String target,
            String covers,
            boolean unmask,
            List<String> by,
            Instant granted,
            Instant ends,
            int used,
            @Nullable Instant revoked) {}

    /** Newest first; those that have ended stay in the list for a day. */
    public List<Listed> list(Scope scope) {
        return database.read(handle -> scope.bind(
                        handle.createQuery("select g.*, w.name, a.summary, a.target from approval_grant g"
                                        + " join workload w on w.id = g.workload_id join approval a on a.id = g.approval_id"
                                        + " where g.ends_at > :since" + scope.and("g.workload_id")
                                        + " order by g.granted_at desc limit 1000")
                                .bind("since", clock.instant().minus(Duration.ofDays(1))))
                .map((row, ctx) -> listed(row))
                .list());
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getString("id"),
                row.getString("approval_id"),
                row.getString("workload_id"),
                row.getString("name"),
                row.getString("summary"),
                row.getString("target"),
                row.getString("covers"),
                row.getBoolean("unmask"),
                Columns.names(row, "granted_by"),
                Columns.instant(row, "granted_at"),
                Columns.instant(row, "ends_at"),
                row.getInt("used"),
                Columns.instantOrNull(row, "revoked_at"));
    }

    /** Ends a grant at once; what waits or runs under it already goes on. */
    public void revoke(Person actor, Scope mayDecide, String id) {
        database.run(tx -> {
            Standing.require(tx, actor);
            Optional<String> workload = tx.query(
                            "select workload_id from approval_grant where id = :id and revoked_at is null for update")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne();
            if (workload.isEmpty() || !mayDecide.holds(workload.get())) {
                throw new Problem(Problem.Kind.NOT_FOUND, "there is no grant of that id that can be revoked");
            }
            tx.update("update approval_grant set revoked_at = :now, revoked_by = :by where id = :id")
                    .bind("now", clock.instant())
                    .bind("by", actor.name())
                    .bind("id", id)
                    .execute();
            audit.write(tx, actor.name(), "grant.revoke", id, "");
        });
    }

    /** A ticket was approved: makes the grant if everyone who approved asked for one. */
    void approved(Tx tx, String approval, boolean unmask, List<String> by) {
        record Vote(@Nullable Integer minutes, @Nullable String covers) {}
        List<Vote> votes = tx.query(
                        "select grant_minutes, grant_covers from decision where approval_id = :id and outcome = 'approved'")
                .bind("id", approval)
                .map((row, ctx) -> new Vote(
                        row.getObject("grant_minutes") == null ? null : row.getInt("grant_minutes"),
                        row.getString("grant_covers")))
                .list();
        int minutes = LONGEST_MINUTES;
        Covers covers = Covers.SHAPE;
        for (Vote vote : votes) {
            Integer asked = vote.minutes();
            if (asked == null) {
                return;
            }
            minutes = Math.min(minutes, asked);
            covers = Covers.CALL.text().equals(vote.covers()) ? Covers.CALL : covers;
        }
        Instant now = clock.instant();
        String id = Secrets.identifier();
        tx.update(
                        "insert into approval_grant (id, approval_id, workload_id, covers, fingerprint, unmask, granted_by, granted_at,"
                                + " ends_at, used) select :id, a.id, a.workload_id, :covers, " + column(covers)
                                + ", :unmask, :by, :now, :ends, 0 from approval a where a.id = :approval")
                .bind("id", id)
                .bind("covers", covers.text())
                .bind("unmask", unmask)
                .bind("by", Columns.json(by))
                .bind("now", now)
                .bind("ends", now.plus(Duration.ofMinutes(minutes)))
                .bind("approval", approval)
                .execute();
        audit.write(
                tx,
                String.join(", ", by),
                "grant.create",
                id,
                "of ticket " + approval + " for " + covers.text() + ", " + minutes + " minutes"
                        + (unmask ? " [unmask]" : ""));
    }

    /** @param by who granted it */
    record Live(String id, boolean unmask, List<String> by) {}

    /** The grant that a new call falls under, and counts it. */
    Optional<Live> use(Tx tx, String workload, Prints prints) {
        Optional<Live> live = tx
                .query(
                        "select id, unmask, granted_by from approval_grant where workload_id = :workload and revoked_at is null"
                                + " and ends_at > :now and (covers = 'call' and fingerprint = :call"
                                + " or covers = 'shape' and fingerprint = :shape) order by ends_at desc limit 1")
                .bind("workload", workload)
                .bind("now", clock.instant())
                .bind("call", prints.call())
                .bind("shape", prints.shape())
                .map((row, ctx) ->
                        new Live(row.getString("id"), row.getBoolean("unmask"), Columns.names(row, "granted_by")))
                .list()
                .stream()
                .findFirst();
        // It may be revoked meanwhile.
        return live.filter(
                grant -> tx.update("update approval_grant set used = used + 1 where id = :id and revoked_at is null")
                                .bind("id", grant.id())
                                .execute()
                        == 1);
    }

    /** What is compared: of equal calls, and of calls of one shape. */
    record Prints(String call, String shape) {

        /**
         * What the policy demands is part of both: a call that a further rule holds, or that needs more persons or a reason of theirs, is another
         * matter. So is the end user, where one is known: who approved a call for one person has not approved it for another, least of all for
         * themselves. Why a call is made is no part of them: where a rule demands that, the agent asks for nothing without it, and each call's ticket
         * shows its own.
         */
        static Prints of(Ticket ticket) {
            String demands = "\n" + sorted(ticket.rules()) + "\n" + sorted(ticket.anyOf()) + "\n" + ticket.required()
                    + (ticket.eachOf() ? "\neach" : "")
                    + (ticket.reasonRequired() ? "\nreason" : "")
                    + (ticket.hours().isEmpty() ? "" : "\n" + ApproverHours.inWords(ticket.hours()))
                    + (ticket.requester().user() == null
                            ? ""
                            : "\nfor " + ticket.requester().user());
            return new Prints(
                    hash("call\n" + ticket.binding() + demands),
                    hash("shape\n" + ticket.target() + "\n" + ticket.summary() + "\n" + ticket.detail() + demands));
        }

        private static List<String> sorted(@Nullable List<String> list) {
            return list == null ? List.of() : list.stream().sorted().toList();
        }

        private static String hash(String text) {
            return HexFormat.of().formatHex(Secrets.sha256(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String column(Covers covers) {
        return covers == Covers.CALL ? "a.call_print" : "a.shape_print";
    }
}
