package io.sallyport.link.testing;

import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events and tickets. */
public final class Samples {

    public static Event event(long number) {
        return new Event(
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                Event.Type.DECISION,
                "session-1",
                "call-" + number,
                "jdbc:postgresql://db.internal:5432/orders",
                "delete",
                "delete from payments where note = ? -- \"quotes\", \\ and ünïcode ✓",
                "allow",
                List.of(),
                null,
                -1,
                List.of("contact"),
                "com.example.Orders.purge:42",
                "main",
                null,
                List.of(),
                null,
                -1,
                null,
                null);
    }

    public static Ticket ticket(String id, Duration life) {
        Instant now = Instant.now();
        return new Ticket(
                id,
                "binding-" + id,
                "jdbc:postgresql://db.internal:5432/orders",
                "delete",
                "delete from payments",
                "com.example.Orders.purge:42",
                "main",
                1,
                false,
                now,
                now.plus(life),
                List.of("mass-write"),
                List.of("dba"),
                1,
                false,
                "Ask the DBAs");
    }

    private Samples() {}
}
