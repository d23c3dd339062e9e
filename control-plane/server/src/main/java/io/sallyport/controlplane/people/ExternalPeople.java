package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * People whom an identity provider vouches for. Groups and roles are taken over at each sign-in. A person is the provider's subject: a name
 * that belongs to somebody else here, a local user included, is never taken over. Thread-safe.
 */
public final class ExternalPeople {

    private static final int LONGEST_SUBJECT = 300;

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    public ExternalPeople(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Lets a person in, new or known.
     *
     * @param source the provider
     * @param subject the provider's identifier of the person
     * @param groups names that cannot be a group here are left out
     * @throws Problem 409 when the name belongs to somebody else, 422 when it cannot be a name here
     */
    public Person admit(String source, String subject, String name, List<String> groups, List<String> roles) {
        String wanted = Names.name(name, "a person");
        Set<Grant> granted = Names.grants(roles);
        List<String> members =
                groups.stream().filter(Names::valid).distinct().limit(1000).toList();
        if (subject.length() > LONGEST_SUBJECT) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "the provider's identifier of this person is too long");
        }
        return database.change(tx -> {
            Optional<String> known = tx.query(
                            "select name from person where source = :source and subject = :subject for update")
                    .bind("source", source)
                    .bind("subject", subject)
                    .mapTo(String.class)
                    .findOne();
            String kept = known.orElse(wanted);
            if (known.isEmpty()) {
                insert(tx, source, subject, kept);
            }
            tx.update("update person set roles = :roles, member_of = :groups where name = :name")
                    .bind("roles", Columns.json(Names.texts(granted)))
                    .bind("groups", Columns.json(members))
                    .bind("name", kept)
                    .execute();
            audit.write(
                    tx,
                    kept,
                    "login",
                    kept,
                    "through " + source + ", roles " + Names.texts(granted) + " groups " + members);
            return new Person(kept, granted, members, "session");
        });
    }

    private void insert(Tx tx, String source, String subject, String name) {
        if (PersonName.isTaken(tx, name)) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "there is another person of that name; an administrator has to delete that one first");
        }
        tx.update("insert into person (name, password, roles, member_of, created_at, source, subject)"
                        + " values (:name, null, '[]', '[]', :at, :source, :subject)")
                .bind("name", name)
                .bind("at", clock.instant())
                .bind("source", source)
                .bind("subject", subject)
                .execute();
    }
}
