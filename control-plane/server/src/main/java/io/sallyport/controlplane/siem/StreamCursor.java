package io.sallyport.controlplane.siem;

import io.sallyport.controlplane.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** How far a stream has come, and which replica sends it: whoever holds the lease. Thread-safe. */
final class StreamCursor {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database;
    private final String name;
    private final String holder;
    private final Clock clock;

    StreamCursor(Database database, String name, String holder, Clock clock) {
        this.database = database;
        this.name = name;
        this.holder = holder;
        this.clock = clock;
    }

    /** Takes or prolongs the lease. @return the last id that is behind the stream for good; empty while another replica sends */
    OptionalLong hold() {
        Instant now = clock.instant();
        return database.change(tx -> {
            int held = tx.update("update stream_cursor set holder = :holder, held_until = :until where name = :name"
                            + " and (holder = :holder or held_until < :now)")
                    .bind("holder", holder)
                    .bind("until", now.plus(LEASE))
                    .bind("now", now)
                    .bind("name", name)
                    .execute();
            if (held == 0) {
                boolean known = tx.query("select count(*) from stream_cursor where name = :name")
                                .bind("name", name)
                                .mapTo(Long.class)
                                .one()
                        > 0;
                if (known) {
                    return OptionalLong.empty();
                }
                // A new stream begins with what comes from now on.
                tx.update("insert into stream_cursor (name, event_id, holder, held_until) values (:name,"
                                + " (select coalesce(max(id), 0) from event), :holder, :until)")
                        .bind("name", name)
                        .bind("holder", holder)
                        .bind("until", now.plus(LEASE))
                        .execute();
            }
            return OptionalLong.of(tx.query("select event_id from stream_cursor where name = :name")
                    .bind("name", name)
                    .mapTo(Long.class)
                    .one());
        });
    }

    void advance(long id) {
        database.run(tx -> tx.update("update stream_cursor set event_id = :id where name = :name and holder = :holder")
                .bind("id", id)
                .bind("name", name)
                .bind("holder", holder)
                .execute());
    }

    /** Another replica may go on at once. */
    void release() {
        database.run(
                tx -> tx.update("update stream_cursor set held_until = :past where name = :name and holder = :holder")
                        .bind("past", Instant.EPOCH)
                        .bind("name", name)
                        .bind("holder", holder)
                        .execute());
    }
}
