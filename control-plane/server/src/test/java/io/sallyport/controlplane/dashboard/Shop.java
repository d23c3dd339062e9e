package io.sallyport.controlplane.dashboard;

import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An hour in the life of a small web shop's workloads, always the same one. */
final class Shop implements AutoCloseable {

    private static final String USERS = "https://users.internal/users";
    private static final List<AgentMessage.Component> WOVEN = List.of(
            new AgentMessage.Component("jdbc", "org.postgresql.jdbc.PgConnection", "WOVEN", ""),
            new AgentMessage.Component("jdbc", "org.postgresql.jdbc.PgStatement", "WOVEN", ""),
            new AgentMessage.Component("jdbc", "org.postgresql.jdbc.PgPreparedStatement", "WOVEN", ""),
            new AgentMessage.Component("jdbc", "org.postgresql.jdbc.PgResultSet", "WOVEN", ""),
            new AgentMessage.Component("jdk-http", "jdk.internal.net.http.HttpClientImpl", "WOVEN", ""));

    private record Call(String summary, String detail, List<String> masked, String callSite, String thread) {}

    private static final List<Call> CALLS = List.of(
            new Call(
                    "select",
                    "SELECT id, email, phone FROM customers WHERE id = ?",
                    List.of("contact"),
                    "com.acme.customers.CustomerRepository.find:52",
                    "http-nio-8080-exec-3"),
            new Call(
                    "select",
                    "SELECT card_number, holder FROM payments WHERE order_id = ?",
                    List.of("card-numbers"),
                    "com.acme.billing.PaymentDao.forOrder:88",
                    "billing-2"),
            new Call(
                    "select",
                    "SELECT id, total, state FROM orders WHERE customer_id = ? ORDER BY created_at DESC LIMIT ?",
                    List.of(),
                    "com.acme.orders.OrderRepository.latest:117",
                    "http-nio-8080-exec-9"),
            new Call(
                    "insert",
                    "INSERT INTO order_items (order_id, sku, quantity) VALUES (?, ?, ?)",
                    List.of(),
                    "com.acme.orders.OrderRepository.addItem:141",
                    "http-nio-8080-exec-1"),
            new Call(
                    "update",
                    "UPDATE orders SET state = ? WHERE id = ?",
                    List.of(),
                    "com.acme.orders.OrderService.advance:203",
                    "http-nio-8080-exec-4"),
            new Call(
                    "GET /users/?",
                    "GET /users/?",
                    List.of("contact"),
                    "com.acme.customers.UserClient.load:39",
                    "http-nio-8080-exec-3"),
            new Call(
                    "select",
                    "SELECT sku, name, price FROM products WHERE sku IN (?, ?, ?)",
                    List.of(),
                    "com.acme.catalogue.ProductRepository.all:71",
                    "http-nio-8080-exec-6"));

    private final List<ScriptedAgent> agents = new ArrayList<>();
    private final Random chance = new Random(7);

    ScriptedAgent join(
            RunningControlPlane server, String name, String host, long policy, List<AgentMessage.Component> refused)
            throws Exception {
        ScriptedAgent agent =
                ScriptedAgent.connect(server, name, host, Map.of("env", "prod", "team", name.split("-")[0]));
        List<AgentMessage.Component> components = new ArrayList<>(WOVEN);
        components.addAll(refused);
        agent.send(new AgentMessage.CoverageReport("enforce", components));
        agent.send(new AgentMessage.PolicyStatus(policy, true, ""));
        agent.report(opened(Instant.now().minus(Duration.ofMinutes(58))));
        if (name.startsWith("reports")) {
            agent.report(inPlainText(Instant.now().minus(Duration.ofMinutes(31))));
        }
        agents.add(agent);
        return agent;
    }

    /** Reports what happened in one minute, {@code minute} counted from the start of the hour. */
    void minute(int minute, Instant at) throws InterruptedException {
        for (ScriptedAgent agent : agents) {
            List<Event> events = new ArrayList<>();
            int calls = (int) (9 + 4 * Math.sin(minute / 9.0) + chance.nextInt(4));
            for (int i = 0; i < calls; i++) {
                Instant moment = at.plusMillis(60_000L * i / calls);
                events.add(decided(moment, CALLS.get(chance.nextInt(CALLS.size())), "allow", List.of()));
            }
            agent.report(events.toArray(Event[]::new));
        }
        if (minute % 13 == 5 || minute == 27 || minute == 45) {
            agents.get(minute % 3)
                    .report(decided(
                            at.plusSeconds(20),
                            minute % 2 == 0
                                    ? new Call(
                                            "drop",
                                            "DROP TABLE order_archive",
                                            List.of(),
                                            "com.acme.reports.Housekeeping.run:64",
                                            "scheduler-1")
                                    : new Call(
                                            "truncate",
                                            "TRUNCATE TABLE sessions",
                                            List.of(),
                                            "com.acme.sessions.SessionStore.reset:29",
                                            "http-nio-8080-exec-2"),
                            "deny",
                            List.of("no-drop")));
        }
        if (minute == 31) {
            agents.get(2)
                    .report(Event.builder(at, Event.Type.ALARM)
                            .session("s-7")
                            .call("c-alarm")
                            .target(Sample.ORDERS)
                            .summary("connect")
                            .callSite("com.acme.legacy.RawClient.open:40")
                            .thread("main")
                            .error("socket to pg-1.db.internal:5432 was not mediated")
                            .build());
        }
    }

    /** A call is held: decided, then waiting on its ticket. */
    void held(ScriptedAgent agent, Instant at, String ticket, String detail) throws InterruptedException {
        Call call =
                new Call("delete", detail, List.of(), "com.acme.orders.Cleanup.purgeStale:118", "http-nio-8080-exec-7");
        agent.report(
                decided(at, call, "hold", List.of("mass-write")),
                onTicket(at, call, Event.Type.HOLD, "hold", ticket, null, null));
    }

    /** The call goes on, or not. */
    void outcome(
            ScriptedAgent agent, Instant at, String ticket, String detail, String verdict, String by, String reason)
            throws InterruptedException {
        Call call =
                new Call("delete", detail, List.of(), "com.acme.orders.Cleanup.purgeStale:118", "http-nio-8080-exec-7");
        agent.report(onTicket(at, call, Event.Type.OUTCOME, verdict, ticket, by, reason));
    }

    private Event onTicket(
            Instant at,
            Call call,
            Event.Type type,
            String verdict,
            String ticket,
            @Nullable String by,
            @Nullable String reason) {
        Event event = decided(at, call, verdict, List.of("mass-write"));
        return Event.builder(at, type)
                .session(event.session())
                .call(event.call())
                .target(event.target())
                .summary(event.summary())
                .detail(event.detail())
                .verdict(verdict)
                .rules(event.rules())
                .callSite(event.callSite())
                .thread(event.thread())
                .ticket(ticket)
                .persons(by == null ? List.of() : List.of(by))
                .reason(reason)
                .build();
    }

    /** A connection that an enforced policy would refuse. */
    private static Event inPlainText(Instant at) {
        CallSubject legacy = new CallSubject(
                "jdbc-legacy",
                "c-legacy",
                "jdbc:mariadb://legacy-1.db.internal:3306/reports",
                "connect",
                "connect",
                "com.acme.reports.LegacySource.open:31",
                "report-2");
        return legacy.open(
                at,
                "allow",
                List.of("tls"),
                "deny",
                "the connection is plain text and the policy demands verify-full. Set sslMode=verify-full",
                "plaintext");
    }

    /** Opens the workload's first connection. */
    private static Event opened(Instant at) {
        return Event.builder(at, Event.Type.OPEN)
                .session("s-1")
                .call("c-open")
                .target(Sample.ORDERS)
                .summary("connect")
                .verdict("allow")
                .callSite("com.zaxxer.hikari.pool.HikariPool.createPoolEntry:483")
                .thread("HikariPool-1:connection-adder")
                .tls("TLSv1.3 TLS_AES_256_GCM_SHA384")
                .build();
    }

    /** The last seconds, with what a reader of the list should see first. */
    void now() throws InterruptedException {
        Instant now = Instant.now();
        for (int i = 12; i > 0; i--) {
            Call call = CALLS.get((i * 5) % CALLS.size());
            boolean drop = i == 4;
            agents.get(i % 3)
                    .report(decided(
                            now.minus(Duration.ofMillis(1900L * i)),
                            drop
                                    ? new Call(
                                            "drop",
                                            "DROP TABLE customers",
                                            List.of(),
                                            "com.acme.reports.Housekeeping.run:64",
                                            "scheduler-1")
                                    : call,
                            drop ? "deny" : "allow",
                            drop ? List.of("no-drop") : List.of()));
        }
    }

    private Event decided(Instant at, Call call, @Nullable String verdict, List<String> rules) {
        boolean http = call.summary().startsWith("GET");
        return Event.builder(at, Event.Type.DECISION)
                .session((http ? "http-" : "jdbc-") + chance.nextInt(20))
                .call("c-" + Integer.toHexString(chance.nextInt(1 << 28)))
                .target(http ? USERS : Sample.ORDERS)
                .summary(call.summary())
                .detail(call.detail())
                .verdict(verdict)
                .rules(rules)
                .masked(call.masked())
                .callSite(call.callSite())
                .thread(call.thread())
                .tls("TLSv1.3 TLS_AES_256_GCM_SHA384")
                .build();
    }

    @Override
    public void close() {
        agents.forEach(ScriptedAgent::close);
    }
}
