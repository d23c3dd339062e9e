package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logins of a person's own tools (a debugger, a collector, an agent that acts for them), after the device grant of OAuth 2.0 (RFC 8628): the
 * command line shows a code, the person confirms it in a browser where they are signed in by whatever way, and the command line fetches a
 * token once. Workloads that join with it carry the person's name and groups, for eight hours. Thread-safe; correct with several replicas.
 */
public final class DeviceLogins {

    /** How long a code can be confirmed. */
    public static final Duration CONFIRMABLE = Duration.ofMinutes(10);

    /** How often a tool may ask. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Duration TOKEN_LIFE = Duration.ofHours(8);
    private static final long MOST_OPEN = 1000;
    private static final long MOST_OPEN_OF_ADDRESS = 20;

    private final Database database;
    private final JoinTokens tokens;
    private final AuditLog audit;
    private final Clock clock;

    public DeviceLogins(Database database, JoinTokens tokens, AuditLog audit, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param device what the tool fetches its token with; secret
     * @param code what the person confirms
     */
    public record Begun(String device, String code) {}

    /** What the person is shown before confirming: a code that somebody else asked for is not theirs. */
    public record Shown(String code, String askedFrom, Instant created) {}

    /**
     * @param from the tool's address
     * @param network by what it is counted
     */
    public Begun begin(String from, String network) {
        Begun begun = new Begun(Secrets.create(), Secrets.password().substring(0, 11));
        Instant now = clock.instant();
        database.run(tx -> {
            tx.update("delete from device_login where created_at < :oldest")
                    .bind("oldest", now.minus(CONFIRMABLE))
                    .execute();
            long ofAddress = tx.query("select count(*) from device_login where network = :network and person is null")
                    .bind("network", network)
                    .mapTo(Long.class)
                    .one();
            long open = tx.query("select count(*) from device_login")
                    .mapTo(Long.class)
                    .one();
            if (open >= MOST_OPEN || ofAddress >= MOST_OPEN_OF_ADDRESS) {
                throw new Problem(Problem.Kind.TOO_MANY, "too many logins are under way; try again in some minutes");
            }
            tx.update("insert into device_login (device_hash, code, asked_from, network, created_at, member_of)"
                            + " values (:hash, :code, :from, :network, :at, '[]')")
                    .bind("hash", Secrets.hash(begun.device()))
                    .bind("code", begun.code())
                    .bind("from", from)
                    .bind("network", network)
                    .bind("at", now)
                    .execute();
        });
        return begun;
    }

    /** @throws Problem 404 for a code that is unknown, too old or confirmed already */
    public Shown show(String code) {
        return database.read(handle -> handle.createQuery("select * from device_login where code = :code"
                                + " and person is null and created_at > :oldest")
                        .bind("code", plain(code))
                        .bind("oldest", clock.instant().minus(CONFIRMABLE))
                        .map((row, ctx) -> new Shown(
                                row.getString("code"), row.getString("asked_from"), Columns.instant(row, "created_at")))
                        .findOne())
                .orElseThrow(DeviceLogins::unknown);
    }

    /** The person lets the tool in as themselves. */
    public void confirm(Person person, String code) {
        database.run(tx -> {
            Standing.require(tx, person);
            int confirmed = tx.update("update device_login set person = :person, member_of = :groups where code = :code"
                            + " and person is null and created_at > :oldest")
                    .bind("person", person.name())
                    .bind("groups", Columns.json(person.groups()))
                    .bind("code", plain(code))
                    .bind("oldest", clock.instant().minus(CONFIRMABLE))
                    .execute();
            if (confirmed == 0) {
                throw unknown();
            }
            audit.write(tx, person.name(), "login.device", person.name(), "via " + person.via());
        });
    }

    private record Confirmed(@Nullable String person, List<String> groups) {}

    /**
     * The token, once.
     *
     * @return empty while nobody has confirmed
     * @throws Problem 404 when the time is over or the token was fetched
     */
    public Optional<JoinTokens.Created> fetch(String device) {
        return database.change(tx -> {
            Optional<Confirmed> found = tx.query("select person, member_of from device_login where device_hash = :hash"
                            + " and created_at > :oldest for update")
                    .bind("hash", Secrets.hash(device))
                    .bind("oldest", clock.instant().minus(CONFIRMABLE))
                    .map((row, ctx) -> new Confirmed(row.getString("person"), Columns.names(row, "member_of")))
                    .findOne();
            if (found.isEmpty()) {
                throw unknown();
            }
            String name = found.get().person();
            if (name == null) {
                return Optional.empty();
            }
            tx.update("delete from device_login where device_hash = :hash")
                    .bind("hash", Secrets.hash(device))
                    .execute();
            Person person = new Person(name, Set.of(), found.get().groups(), "device login");
            return Optional.of(tokens.createPersonal(tx, person, TOKEN_LIFE));
        });
    }

    private static String plain(String code) {
        return code.strip().toLowerCase(Locale.ROOT);
    }

    private static Problem unknown() {
        return new Problem(
                Problem.Kind.NOT_FOUND, "this login is not under way any more; begin it again with the login command");
    }
}
