package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * That whoever asks for something is still there when it is written. Whatever is written because a person asked for it, and would outlast the person, begins
 * its transaction here: who is being deleted has either written it before, and it ends with them ({@link Leaving}), or does not write it at all.
 */
public final class Standing {

    private Standing() {}

    /**
     * To be called before anything else in the transaction; until it ends nobody is deleted.
     *
     * @throws Problem 401 where the person, or the token that they showed, is not there any more, or the person has other roles by now
     */
    public static void require(Tx tx, Person person) {
        tx.keepsPeople();
        String token = person.token();
        boolean there = token == null ? isAsBefore(tx, person) : isThere(tx, token);
        if (!there) {
            throw ended();
        }
    }

    /** What someone is told who was there when the request came, and is no more. */
    public static Problem ended() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED, "your session or token ended while this was sent; log in again");
    }

    /**
     * As whom somebody of this name could ask for something now: as who signs in under it, and with each token.
     *
     * @param vouchedBy whose tokens of that name are meant; {@code null} for the person's own
     */
    public static List<Person> now(Tx tx, String name, @Nullable String vouchedBy, Instant at) {
        String maker = vouchedBy == null ? name : vouchedBy;
        Stream<Token> tokens = tx
                .query(
                        "select name, roles, member_of, made_by from api_token where expires_at is null or expires_at > :at")
                .bind("at", at)
                .map((row, ctx) -> new Token(row.getString("made_by"), person(row)))
                .list()
                .stream()
                .filter(token ->
                        token.person().isNamed(name) && token.maker() != null && PersonName.same(token.maker(), maker));
        Stream<Person> signedIn = vouchedBy != null
                ? Stream.empty()
                : tx
                        .query("select name, roles, member_of from person where name = :name")
                        .bind("name", name)
                        .map((row, ctx) -> person(row))
                        .list()
                        .stream();
        return Stream.concat(signedIn, tokens.map(Token::person)).toList();
    }

    private record Token(@Nullable String maker, Person person) {}

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getString("name"),
                Names.stored(Columns.names(row, "roles")),
                Columns.names(row, "member_of"),
                "standing");
    }

    private static boolean isAsBefore(Tx tx, Person person) {
        Optional<Set<Grant>> now = tx.query("select roles from person where name = :name")
                .bind("name", person.name())
                .map((row, ctx) -> Names.stored(Columns.names(row, "roles")))
                .findOne();
        return now.filter(person.grants()::equals).isPresent();
    }

    /** A token that ends with a person is deleted with the person, whose ever its name is. */
    private static boolean isThere(Tx tx, String token) {
        return tx.query("select id from api_token where id = :id")
                .bind("id", token)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }
}
