package io.sallyport.controlplane.people;

import io.sallyport.controlplane.UnseenCharacters;
import io.sallyport.controlplane.store.Tx;
import java.text.Normalizer;
import java.util.Locale;

/**
 * When two names are one person. Names are kept as they were written, and identity providers, directories and people disagree about
 * capitals, blanks, compatibility characters and characters that nobody sees: who counts distinct persons must not count one of them twice. Characters of another
 * alphabet that only look alike stay different; who lets people in sees to that.
 */
final class PersonName {

    private PersonName() {}

    static boolean same(String one, String other) {
        return one.equals(other) || key(one).equals(key(other));
    }

    /** Whether somebody has the name, in any spelling. Read in full: a database's own folding is another one, and new people are rare. */
    static boolean isTaken(Tx tx, String name) {
        return tx.query("select name from person").mapTo(String.class).list().stream()
                .anyMatch(known -> same(known, name));
    }

    /** What all spellings of a name have in common. Upper case first: it is where ß and SS, ς and σ meet. */
    static String key(String name) {
        return Normalizer.normalize(UnseenCharacters.removed(name), Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{Z}+", " ")
                .strip();
    }
}
