package io.sallyport.link.testing;

import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Circumstances;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.RecordedCall;
import java.nio.charset.StandardCharsets;
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

    /** An event whose text compresses badly. */
    public static Event random(long number) {
        java.util.Random random = new java.util.Random(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        return detailed(text.toString());
    }

    public static Event detailed(String detail) {
        Event e = event(1);
        return new Event(
                e.at(),
                e.type(),
                e.session(),
                e.call(),
                e.target(),
                e.summary(),
                detail,
                e.verdict(),
                e.rules(),
                e.wouldHave(),
                e.rows(),
                e.masked(),
                e.callSite(),
                e.thread(),
                e.ticket(),
                e.persons(),
                e.reason(),
                e.micros(),
                e.tls(),
                e.error());
    }

    /** An event with every member. */
    public static Event full() {
        return new Event(
                Instant.parse("1969-12-31T23:59:59.000001Z"),
                Event.Type.OUTCOME,
                "session-2",
                "call-7",
                "https://users.internal",
                "POST /users",
                "POST /users?a=?",
                "deny",
                List.of("no-drop", "mass-write"),
                "hold",
                Long.MAX_VALUE,
                List.of("contact", "cards"),
                "com.example.Users.create:7",
                "worker-1",
                "ticket-1",
                List.of("ann", "bob"),
                "not today",
                0,
                "TLSv1.3 TLS_AES_256_GCM_SHA384",
                "java.sql.SQLException 42501",
                "42, 'open', hmac:9f86d081884c7d65",
                "open",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "ann",
                123_456_789_012L,
                java.util.Map.of("contact", 12L),
                "id\temail\n1\t***");
    }

    public static Event alarm(String what) {
        return new Event(
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                Event.Type.ALARM,
                "",
                "",
                "",
                "alarm",
                "",
                null,
                List.of(),
                null,
                -1,
                List.of(),
                null,
                "main",
                null,
                List.of(),
                null,
                -1,
                null,
                what);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
    }

    private static final byte[] VALUES = "42, 'grün'".getBytes(StandardCharsets.UTF_8);

    /** A call as the gate describes it. */
    public record Call(String id, String callSite, String trace, byte[] values) implements RecordedCall {

        public Call(String id, String callSite) {
            this(id, callSite, "4bf92f3577b34da6a3ce929d0e0e4736", VALUES);
        }

        /** One of many calls: four of each trace, each with a key of its own. */
        public static Call distinct(int number) {
            java.util.Random random = new java.util.Random(number / 4);
            return new Call(
                    "8k3f9x2m7q-" + Integer.toString(number, 32),
                    "com.example.Orders.find:" + number % 30,
                    String.format("%016x%016x", random.nextLong(), random.nextLong()),
                    (number + ", 'open'").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String session() {
            return "session-1";
        }

        @Override
        public String target() {
            return "jdbc:postgresql://db.internal:5432/orders";
        }

        @Override
        public String summary() {
            return "read";
        }

        @Override
        public String detail() {
            return "select id, name, email from customers where id = ?";
        }

        @Override
        public String thread() {
            return "main";
        }

        @Override
        public int writeId(byte[] into, int at) {
            for (int i = 0; i < id.length(); i++) {
                into[at + i] = (byte) id.charAt(i);
            }
            return at + id.length();
        }

        @Override
        public String transaction() {
            return "open";
        }

        @Override
        public int writeValues(byte[] into, int at) {
            System.arraycopy(values, 0, into, at, values.length);
            return at + values.length;
        }

        @Override
        public CallSubject subject() {
            return new CallSubject(
                    session(),
                    id,
                    target(),
                    summary(),
                    detail(),
                    callSite,
                    thread(),
                    new Circumstances(transaction(), trace(), null, new String(values, StandardCharsets.UTF_8)));
        }
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
                "com.example.Nightly.run:12",
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
