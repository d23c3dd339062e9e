package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people who can log in: local users with a password, and those whom an identity provider brought. Thread-safe. */
public final class Users {

    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;

    private final Database database;
    private final AuditLog audit;
    private final List<Leaving> leaving;
    private final Clock clock;

    /** @param leaving what else of a person ends when they are deleted */
    public Users(Database database, AuditLog audit, List<Leaving> leaving, Clock clock) {
        this.leaving = List.copyOf(leaving);
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A person as administrators see it.
     *
     * @param source {@code local}, or the identity provider that vouches for the person
     */
    public record User(String name, List<String> roles, List<String> groups, Instant created, String source) {}

    /** @param password the generated password; {@code null} when the administrator chose one */
    public record Created(
            String name,
            List<String> roles,
            List<String> groups,
            @Nullable String password) {}

    /** The first administrator. */
    public Created createFirst(String name) {
        return insert(null, name, null, List.of(Role.ADMIN.text()), List.of());
    }

    public Created create(
            Person actor,
            @Nullable String name,
            @Nullable String password,
            @Nullable List<String> roles,
            @Nullable List<String> groups) {
        return insert(actor, name, password, roles, groups);
    }

    /** @param person who asks for it; {@code null} for the control plane itself */
    private Created insert(
            @Nullable Person person,
            @Nullable String name,
            @Nullable String password,
            @Nullable List<String> roles,
            @Nullable List<String> groups) {
        String checkedName = Names.name(name, "a user");
        Set<Grant> checkedRoles = Names.grants(roles);
        List<String> checkedGroups = Names.groups(groups);
        String generated = null;
        String chosen = password;
        if (chosen == null) {
            generated = Secrets.password();
            chosen = generated;
        } else if (chosen.length() < SHORTEST_PASSWORD || chosen.length() > LONGEST_PASSWORD) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "a password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD
                            + " characters; leave it out to have one generated");
        }
        String stored = Passwords.hash(chosen);
        database.run(tx -> {
            if (person != null) {
                Standing.require(tx, person);
            }
            if (PersonName.isTaken(tx, checkedName)) {
                throw new Problem(Problem.Kind.CONFLICT, "there is a user of that name already; delete it first");
            }
            tx.update("insert into person (name, password, roles, member_of, created_at)"
                            + " values (:name, :password, :roles, :groups, :at)")
                    .bind("name", checkedName)
                    .bind("password", stored)
                    .bind("roles", Columns.json(Names.texts(checkedRoles)))
                    .bind("groups", Columns.json(checkedGroups))
                    .bind("at", clock.instant())
                    .execute();
            audit.write(
                    tx,
                    person == null ? "first start" : person.name(),
                    "user.create",
                    checkedName,
                    "roles " + Names.texts(checkedRoles) + " groups " + checkedGroups);
        });
        return new Created(checkedName, Names.texts(checkedRoles), checkedGroups, generated);
    }

    /**
     * Deletes a user with every session, every API token of that name in any spelling or that they made in another, and whatever else they leave
     * behind.
     */
    public void delete(Person actor, String name) {
        if (actor.isOneWith(name)) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "you cannot delete yourself, nor whoever made the token that you show; ask another administrator");
        }
        database.run(tx -> {
            tx.removesPeople();
            Standing.require(tx, actor);
            tx.update("delete from person_session where person = :name")
                    .bind("name", name)
                    .execute();
            if (tx.update("delete from person where name = :name")
                            .bind("name", name)
                            .execute()
                    == 0) {
                throw new Problem(Problem.Kind.NOT_FOUND, "there is no user of that name");
            }
            audit.write(tx, actor.name(), "user.delete", name, "");
            Person leaver = new Person(name, Set.of(), List.of(), "deleted");
            deleteTokens(tx, actor, leaver);
            leaving.forEach(part -> part.left(tx, actor.name(), leaver));
        });
    }

    /**
     * @param createdBy who is named as its maker
     * @param madeBy who is answerable for that one; {@code null} where that was not written down
     */
    private record Token(
            String id,
            String name,
            String createdBy,
            @Nullable String madeBy) {

        /** Whether the person has its secret: it is theirs, or they made it, maybe with a token in another name. */
        boolean isKnownTo(Person leaver) {
            return leaver.isNamed(name) || leaver.isNamed(createdBy) || madeBy != null && leaver.isNamed(madeBy);
        }
    }

    private void deleteTokens(Tx tx, Person actor, Person leaver) {
        List<Token> tokens = tx.query("select id, name, created_by, made_by from api_token")
                .map((row, ctx) -> new Token(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("created_by"),
                        row.getString("made_by")))
                .list();
        for (Token token : tokens) {
            if (token.isKnownTo(leaver)) {
                tx.update("delete from api_token where id = :id")
                        .bind("id", token.id())
                        .execute();
                audit.write(
                        tx,
                        actor.name(),
                        "token.delete",
                        token.id(),
                        token.name() + ", " + leaver.name() + " was deleted");
            }
        }
    }

    public List<User> list() {
        return database.read(handle -> handle.createQuery("select * from person order by name")
                .map((row, ctx) -> new User(
                        row.getString("name"),
                        Columns.names(row, "roles"),
                        Columns.names(row, "member_of"),
                        Columns.instant(row, "created_at"),
                        row.getString("source")))
                .list());
    }

    public boolean isEmpty() {
        return database.read(handle -> handle.createQuery("select count(*) from person")
                        .mapTo(Long.class)
                        .one()
                == 0);
    }

    /** The user, when the password is right; takes as long for an unknown user, and for one who has no password here. */
    public Optional<Person> authenticate(String name, String password) {
        Optional<Row> row = database.read(handle -> handle.createQuery(
                        "select password, roles, member_of from person where name = :name")
                .bind("name", name)
                .map((rs, ctx) -> new Row(
                        rs.getString("password"),
                        Names.stored(Columns.names(rs, "roles")),
                        Columns.names(rs, "member_of")))
                .findOne());
        boolean right = password.length() <= LONGEST_PASSWORD
                && Passwords.verify(password, row.map(Row::password).orElse(null));
        return right ? row.map(found -> new Person(name, found.roles(), found.groups(), "session")) : Optional.empty();
    }

    private record Row(@Nullable String password, Set<Grant> roles, List<String> groups) {}
}
