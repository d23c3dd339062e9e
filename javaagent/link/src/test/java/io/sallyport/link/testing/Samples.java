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
        return Event.builder(Instant.parse("2026-11-22T10:15:30.123456Z"), Event.Type.DECISION)
                .session("session-1")
                .call("call-" + number)
                .target("jdbc:postgresql://db.internal:5432/orders")
                .summary("delete")
                .detail("delete from payments where note = ? -- \"quotes\", \\ and ünïcode ✓")
                .verdict("allow")
                .masked(List.of("contact"))
                .callSite("com.example.Orders.purge:42")
                .thread("main")
                .build();
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
        return Event.builder(e.at(), e.type())
                .session(e.session())
                .call(e.call())
                .target(e.target())
                .summary(e.summary())
                .detail(detail)
                .verdict(e.verdict())
                .rules(e.rules())
                .wouldHave(e.wouldHave())
                .rows(e.rows())
                .masked(e.masked())
                .callSite(e.callSite())
                .thread(e.thread())
                .ticket(e.ticket())
                .persons(e.persons())
                .reason(e.reason())
                .micros(e.micros())
                .tls(e.tls())
                .error(e.error())
                .build();
    }

    /** An event with every member. */
    public static Event full() {
        return Event.builder(Instant.parse("1969-12-31T23:59:59.000001Z"), Event.Type.OUTCOME)
                .session("session-2")
                .call("call-7")
                .target("https://users.internal")
                .summary("POST /users")
                .detail("POST /users?a=?")
                .verdict("deny")
                .rules(List.of("no-drop", "mass-write"))
                .wouldHave("hold")
                .rows(Long.MAX_VALUE)
                .masked(List.of("contact", "cards"))
                .callSite("com.example.Users.create:7")
                .thread("worker-1")
                .ticket("ticket-1")
                .persons(List.of("ann", "bob"))
                .reason("not today")
                .micros(0)
                .tls("TLSv1.3 TLS_AES_256_GCM_SHA384")
                .error("java.sql.SQLException 42501")
                .values("42, 'open', hmac:9f86d081884c7d65")
                .transaction("open")
                .trace("4bf92f3577b34da6a3ce929d0e0e4736")
                .user("ann")
                .bytes(123_456_789_012L)
                .cells(java.util.Map.of("contact", 12L))
                .sample("id\temail\n1\t***")
                .build();
    }

    public static Event alarm(String what) {
        return Event.builder(Instant.parse("2026-11-22T10:15:30.123456Z"), Event.Type.ALARM)
                .summary("alarm")
                .thread("main")
                .error(what)
                .build();
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
        return Ticket.builder(id, "binding-" + id, now)
                .target("jdbc:postgresql://db.internal:5432/orders")
                .summary("delete")
                .detail("delete from payments")
                .callSite("com.example.Orders.purge:42")
                .entryPoint("com.example.Nightly.run:12")
                .thread("main")
                .expires(now.plus(life))
                .rules(List.of("mass-write"))
                .anyOf(List.of("dba"))
                .message("Ask the DBAs")
                .build();
    }

    private Samples() {}
}
