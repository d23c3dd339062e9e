package io.sallyport.controlplane.dashboard;

import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events and tickets as a real agent would report them. */
final class Sample {

    static final String ORDERS = "jdbc:postgresql://pg-1.db.internal:5432/orders";

    static Event allowed(Instant at, String detail, List<String> masked) {
        return event(at, Event.Type.DECISION, ORDERS, verb(detail), detail, "allow", List.of(), masked, -1, null);
    }

    static Event refused(Instant at, String detail, String rule) {
        return event(at, Event.Type.DECISION, ORDERS, verb(detail), detail, "deny", List.of(rule), List.of(), -1, null);
    }

    static Event alarm(Instant at, String what) {
        return event(at, Event.Type.ALARM, ORDERS, "connect", "", null, List.of(), List.of(), -1, what);
    }

    static Event event(
            Instant at,
            Event.Type type,
            String target,
            String summary,
            String detail,
            String verdict,
            List<String> rules,
            List<String> masked,
            long rows,
            String error) {
        return Event.builder(at, type)
                .session("s-" + Math.floorMod(detail.hashCode(), 97))
                .call("c-" + UUID.randomUUID())
                .target(target)
                .summary(summary)
                .detail(detail)
                .verdict(verdict)
                .rules(rules)
                .rows(rows)
                .masked(masked)
                .callSite("com.acme.orders.OrderRepository.find:87")
                .thread("http-nio-8080-exec-" + Math.floorMod(detail.hashCode(), 10))
                .micros(rows >= 0 ? 1840 : -1)
                .tls(target.startsWith("jdbc") ? "TLSv1.3 TLS_AES_256_GCM_SHA384" : null)
                .error(error)
                .build();
    }

    /** A mass delete that anyone with the role may decide. */
    static Ticket ticket(String id) {
        return ticket(id, "DELETE FROM order_items", List.of(), 1, false, 1, Duration.ofMinutes(10));
    }

    static Ticket ticket(
            String id, String detail, List<String> anyOf, int required, boolean reason, int callers, Duration timeout) {
        Instant now = Instant.now();
        return Ticket.builder(id, "binding-" + id, now)
                .target(ORDERS)
                .summary(verb(detail))
                .detail(detail)
                .callSite("com.acme.orders.Cleanup.purgeStale:118")
                .entryPoint("com.acme.orders.Nightly.run:31")
                .thread("http-nio-8080-exec-7")
                .callers(callers)
                .openTransaction(true)
                .expires(now.plus(timeout))
                .rules(List.of("mass-write"))
                .anyOf(anyOf)
                .required(required)
                .reasonRequired(reason)
                .message("A write that reaches every row needs someone who answers for it.")
                .build();
    }

    /** The same, which somebody of each of the groups has to approve. */
    static Ticket eachOf(Ticket t) {
        return t.toBuilder().required(t.anyOf().size()).eachOf(true).build();
    }

    private static String verb(String detail) {
        return detail.split(" ", 2)[0].toLowerCase(java.util.Locale.ROOT);
    }

    private Sample() {}
}
