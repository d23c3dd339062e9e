package io.sallyport.benchmarks.fleet;

import io.sallyport.core.record.Event;
import java.time.Instant;
import java.util.List;

/**
 * What a fleet says: {@value #STATEMENTS} statements about {@value #TABLES} tables of {@value #DATABASES} databases, each from a place in the code of its
 * own, for {@value #USERS} users. Of a hundred calls one is refused; the oldest 3 % come from a package of which nobody hears again. The event of a
 * number is always the same but for its time. Thread-safe.
 *
 * @param events how many there will be
 */
record EventMix(long events) {

    static final int STATEMENTS = 5_000;
    static final int TABLES = 500;
    static final int DATABASES = 20;
    static final int USERS = 10_000;

    /** A word of the oldest events' place in the code. */
    static final String OLD = "retiredimport";

    /** A word of one statement. */
    static String word(int statement) {
        return "k" + statement + "_";
    }

    /** A word of the statements about one table. */
    static String table(int statement) {
        return "ledger_" + statement % TABLES + "_items";
    }

    /** A word of the place in the code that sends one statement. */
    static String place(int statement) {
        return "find" + statement + "by";
    }

    /** A word of one database's URL. */
    static String database(int statement) {
        return "shop_" + statement % DATABASES + "_db";
    }

    Event event(long number) {
        long chance = mixed(number);
        int statement = (int) Long.remainderUnsigned(chance, STATEMENTS);
        boolean refused = Long.remainderUnsigned(chance >>> 16, 100) == 0;
        boolean result = !refused && Long.remainderUnsigned(chance >>> 24, 5) < 2;
        String module = number < events * 3 / 100 ? OLD : "orders";
        return Event.builder(Instant.now(), result ? Event.Type.RESULT : Event.Type.DECISION)
                .session("jdbc-" + Long.remainderUnsigned(chance >>> 32, 40))
                .call("c-" + Long.toHexString(chance))
                .target("jdbc:postgresql://db-" + statement % DATABASES + ".internal:5432/" + database(statement))
                .summary(refused ? "drop" : "select")
                .detail("SELECT id, amount, card_number FROM " + table(statement) + " WHERE " + word(statement)
                        + "customer = ? AND created_at > ?")
                .verdict(result ? null : refused ? "deny" : "allow")
                .rules(refused ? List.of("no-drop") : List.of())
                .rows(result ? Long.remainderUnsigned(chance >>> 40, 200) : -1)
                .micros(result ? 300 + Long.remainderUnsigned(chance >>> 44, 5_000) : -1)
                .masked(result ? List.of("card-numbers") : List.of())
                .callSite("com.example." + module + ".Repository." + place(statement) + ":" + (10 + statement % 400))
                .thread("http-nio-8080-exec-" + Long.remainderUnsigned(chance >>> 20, 50))
                .tls("TLSv1.3 TLS_AES_256_GCM_SHA384")
                .trace(Long.toHexString(chance) + Long.toHexString(mixed(chance)))
                .user("user-" + Long.remainderUnsigned(chance >>> 12, USERS) + "@example.com")
                .build();
    }

    /** The finaliser of SplittableRandom: near numbers have nothing in common afterwards. */
    private static long mixed(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
