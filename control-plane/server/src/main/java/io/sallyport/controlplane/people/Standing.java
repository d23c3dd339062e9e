package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Tx;
import java.util.Optional;
import java.util.Set;

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
