package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sessions of people who logged in with a browser. Stored hashed; end after an hour of silence or twelve hours. Thread-safe. */
public final class Sessions {

    /** Longest life. */
    public static final Duration LIFE = Duration.ofHours(12);

    static final Duration IDLE = Duration.ofHours(1);
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;

    public Sessions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param token the cookie's value; secret */
    public record Opened(String token, String csrf) {}

    /** @param csrf what state-changing requests of this session must carry */
    public record Session(Person person, String csrf) {}

    /** @throws Problem 401 for a person who was deleted, or got other roles, since they proved who they are */
    public Opened open(Person person) {
        Opened opened = new Opened(Secrets.create(), Secrets.create());
        Instant now = clock.instant();
        database.run(tx -> {
            Standing.require(tx, person);
            tx.update("insert into person_session (token_hash, person, csrf, created_at, last_seen)"
                            + " values (:hash, :person, :csrf, :at, :at)")
                    .bind("hash", Secrets.hash(opened.token()))
                    .bind("person", person.name())
                    .bind("csrf", opened.csrf())
                    .bind("at", now)
                    .execute();
        });
        return opened;
    }

    /** Who the session is of, which keeps it alive. Roles and groups are read anew each time, so a change takes effect at once. */
    public Optional<Session> find(String token) {
        return find(token, true);
    }

    /** The same for what happens without a person, which keeps no session alive. */
    public Optional<Session> look(String token) {
        return find(token, false);
    }

    private Optional<Session> find(String token, boolean touch) {
        if (token.length() > 100) {
            return Optional.empty();
        }
        String hash = Secrets.hash(token);
        Instant now = clock.instant();
        Optional<Row> row = database.read(handle -> handle.createQuery(
                        "select s.csrf, s.created_at, s.last_seen, p.name, p.roles, p.member_of"
                                + " from person_session s join person p on p.name = s.person where s.token_hash = :hash")
                .bind("hash", hash)
                .map((rs, ctx) -> new Row(
                        new Session(
                                new Person(
                                        rs.getString("name"),
                                        Names.stored(Columns.names(rs, "roles")),
                                        Columns.names(rs, "member_of"),
                                        "session"),
                                rs.getString("csrf")),
                        Columns.instant(rs, "created_at"),
                        Columns.instant(rs, "last_seen")))
                .findOne());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (now.isAfter(row.get().created().plus(LIFE))
                || now.isAfter(row.get().lastSeen().plus(IDLE))) {
            close(token);
            return Optional.empty();
        }
        if (touch && now.isAfter(row.get().lastSeen().plus(TOUCH_EVERY))) {
            database.run(tx -> tx.update("update person_session set last_seen = :now where token_hash = :hash")
                    .bind("now", now)
                    .bind("hash", hash)
                    .execute());
        }
        return Optional.of(row.get().session());
    }

    public void close(String token) {
        database.run(tx -> tx.update("delete from person_session where token_hash = :hash")
                .bind("hash", Secrets.hash(token))
                .execute());
    }

    /** Forgets sessions that ended; called now and then. */
    public void sweep() {
        Instant now = clock.instant();
        database.run(tx -> tx.update("delete from person_session where created_at < :oldest or last_seen < :idle")
                .bind("oldest", now.minus(LIFE))
                .bind("idle", now.minus(IDLE))
                .execute());
    }

    private record Row(Session session, Instant created, Instant lastSeen) {}
}
