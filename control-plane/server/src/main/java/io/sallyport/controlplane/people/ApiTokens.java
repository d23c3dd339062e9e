package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.secrets.BearerText;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * API tokens for the command line, scripts and pipelines. Shown once, stored hashed. A token acts as the person of its own name:
 * two tokens of one name, or a user and a token of the same name, are one person when distinct approvers are counted. So are a token and whoever
 * made it, who has its secret.
 */
public final class ApiTokens {

    private static final long DEFAULT_MINUTES = Duration.ofDays(30).toMinutes();
    private static final long LONGEST_MINUTES = Duration.ofDays(366).toMinutes();
    private static final long OWN_LONGEST_MINUTES = Duration.ofHours(12).toMinutes();

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    public ApiTokens(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param token the token's text, shown this once; secret */
    public record Created(String token, String id, @Nullable Instant expires) {}

    /** A token without its secret. */
    public record Listed(
            String id,
            String name,
            List<String> roles,
            List<String> groups,
            String createdBy,
            Instant created,
            @Nullable Instant expires) {}

    public Created create(
            Person actor,
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable List<String> groups,
            @Nullable Long ttlMinutes) {
        long minutes = ttlMinutes == null ? DEFAULT_MINUTES : ttlMinutes;
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE, "ttlMinutes must be between 1 and " + LONGEST_MINUTES + " (a year)");
        }
        return insert(
                actor,
                Names.name(name, "an API token"),
                Names.grants(roles),
                Names.groups(groups),
                clock.instant().plus(Duration.ofMinutes(minutes)));
    }

    /** The token of the first administrator, which does not expire. */
    public Created createFirst(String name) {
        return insert(null, name, Set.of(new Grant(Role.ADMIN, Map.of())), List.of(), null);
    }

    /**
     * A token of one's own, with what one is now. It is for those who have signed in: a token that made tokens would never end.
     *
     * @throws Problem 422 for more than half a day
     */
    public Created createOwn(Person person, @Nullable Long ttlMinutes) {
        long minutes = ttlMinutes == null ? OWN_LONGEST_MINUTES : ttlMinutes;
        if (minutes < 1 || minutes > OWN_LONGEST_MINUTES) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "ttlMinutes must be between 1 and " + OWN_LONGEST_MINUTES
                            + ": your own token holds as long as a sign-in");
        }
        return insert(
                person,
                person.name(),
                person.grants(),
                person.groups(),
                clock.instant().plus(Duration.ofMinutes(minutes)));
    }

    /** @param person who asks for it; {@code null} for the control plane itself */
    private Created insert(
            @Nullable Person person, String name, Set<Grant> roles, List<String> groups, @Nullable Instant expires) {
        BearerText text = new BearerText(BearerText.API_TOKEN, Secrets.identifier(), Secrets.create());
        String actor = person == null ? "first start" : person.name();
        database.run(tx -> {
            if (person != null) {
                Standing.require(tx, person);
            }
            tx.update(
                            "insert into api_token (id, name, secret_hash, roles, member_of, created_by, made_by, created_at, expires_at)"
                                    + " values (:id, :name, :hash, :roles, :groups, :by, :root, :at, :expires)")
                    .bind("root", person == null ? name : person.root())
                    .bind("id", text.id())
                    .bind("name", name)
                    .bind("hash", Secrets.hash(text.secret()))
                    .bind("roles", Columns.json(Names.texts(roles)))
                    .bind("groups", Columns.json(groups))
                    .bind("by", actor)
                    .bind("at", clock.instant())
                    .bindByType("expires", expires, Instant.class)
                    .execute();
            audit.write(
                    tx, actor, "token.create", text.id(), name + ", roles " + Names.texts(roles) + " groups " + groups);
        });
        return new Created(text.text(), text.id(), expires);
    }

    public List<Listed> list() {
        return database.read(handle -> handle.createQuery("select * from api_token order by created_at desc")
                .map((row, ctx) -> listed(row))
                .list());
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getString("id"),
                row.getString("name"),
                Columns.names(row, "roles"),
                Columns.names(row, "member_of"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "expires_at"));
    }

    /** Those that a person made for themself; none for whoever shows a token of another's making. */
    public List<Listed> listOwn(Person person) {
        return database.read(handle -> handle
                .createQuery("select * from api_token where made_by is not null order by created_at desc")
                .map((row, ctx) -> isOwn(person, row.getString("name"), row.getString("made_by"))
                        ? Optional.of(listed(row))
                        : Optional.<Listed>empty())
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** @throws Problem 404 where it is not the person's own */
    public void deleteOwn(Person person, String id) {
        if (listOwn(person).stream().noneMatch(own -> own.id().equals(id))) {
            throw new Problem(Problem.Kind.NOT_FOUND, "you have no API token of that id");
        }
        delete(person, id);
    }

    private static boolean isOwn(Person person, String name, String maker) {
        return person.vouchedBy() == null && person.isNamed(name) && person.isNamed(maker);
    }

    public void delete(Person actor, String id) {
        database.run(tx -> {
            Standing.require(tx, actor);
            if (tx.update("delete from api_token where id = :id").bind("id", id).execute() == 0) {
                throw new Problem(Problem.Kind.NOT_FOUND, "there is no API token of that id");
            }
            audit.write(tx, actor.name(), "token.delete", id, "");
        });
    }

    /** The person that a token acts as, when the token is right and has not expired. */
    public Optional<Person> find(BearerText text) {
        Optional<Row> row = database.read(handle -> handle.createQuery(
                        "select name, secret_hash, roles, member_of, expires_at, made_by from api_token where id = :id")
                .bind("id", text.id())
                .map((rs, ctx) -> new Row(
                        rs.getString("secret_hash"),
                        Columns.instantOrNull(rs, "expires_at"),
                        new Person(
                                rs.getString("name"),
                                Names.stored(Columns.names(rs, "roles")),
                                Columns.names(rs, "member_of"),
                                Person.viaToken(text.id()),
                                vouching(rs.getString("made_by"), rs.getString("name")))))
                .findOne());
        boolean right = Secrets.matches(text.secret(), row.map(Row::hash).orElse("-"));
        return right
                ? row.filter(found -> found.expires() == null || clock.instant().isBefore(found.expires()))
                        .map(Row::person)
                : Optional.empty();
    }

    private static @Nullable String vouching(@Nullable String maker, String name) {
        return maker == null || PersonName.same(maker, name) ? null : maker;
    }

    private record Row(String hash, @Nullable Instant expires, Person person) {}
}
