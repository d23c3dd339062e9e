package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent's side of the channel, spoken over a real WebSocket. */
final class TestAgent implements WebSocket.Listener {

    private final Map<String, Event> spooled = new HashMap<>();

    private static final long PATIENCE_SECONDS = 60;

    private final Running server;
    private final EnrollResponse enrolled;
    private final TestKey key;
    private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile CompletableFuture<Integer> closed = new CompletableFuture<>();
    private WebSocket socket;

    TestAgent(Running server, EnrollResponse enrolled) {
        this(server, enrolled, null);
    }

    /** @param key what the agent's client certificate is for */
    TestAgent(Running server, EnrollResponse enrolled, TestKey key) {
        this.key = key;
        this.server = server;
        this.enrolled = enrolled;
    }

    String id() {
        return enrolled.workloadId();
    }

    EnrollResponse enrolled() {
        return enrolled;
    }

    void connect() {
        connect(server);
    }

    /** To another replica. */
    void connect(Running replica) {
        received.clear();
        closed = new CompletableFuture<>();
        socket = HttpClient.newBuilder()
                .sslContext(
                        key == null || enrolled.certificate() == null
                                ? Api.trusting(replica.data().resolve("ca.pem"))
                                : key.context(replica.data().resolve("ca.pem"), enrolled.certificate()))
                .build()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + enrolled.credential())
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(URI.create(replica.url().replace("https", "wss") + Paths.CHANNEL), this)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    ServerMessage.Welcome hello(String spool) {
        return hello(spool, 1);
    }

    ServerMessage.Welcome hello(String spool, long pid) {
        return hello(spool, pid, 0);
    }

    /** @param policy version in force at the agent */
    ServerMessage.Welcome hello(String spool, long pid, long policy) {
        send(new AgentMessage.Hello("self-named", "i", "host-1", pid, "17", "0.1", spool, policy, Map.of()));
        return next(ServerMessage.Welcome.class);
    }

    void send(AgentMessage message) {
        sendText(tagged(message));
    }

    void sendText(String text) {
        socket.sendText(text, true)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static String tagged(AgentMessage message) {
        try {
            return Wire.json().writerFor(AgentMessage.class).writeValueAsString(message);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The next message of a type; others on the way are dropped. */
    <T extends ServerMessage> T next(Class<T> type) {
        T found = poll(type, PATIENCE_SECONDS * 1000);
        assertThat(found)
                .as("a " + type.getSimpleName() + " from the control plane")
                .isNotNull();
        return found;
    }

    /** The same, or {@code null} after a while. */
    <T extends ServerMessage> T poll(Class<T> type, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (true) {
                ServerMessage message = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (message == null) {
                    return null;
                }
                if (type.isInstance(message)) {
                    return type.cast(message);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Close code, once the control plane closes. */
    int closeCode() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Whether the channel ended, cleanly or not, before patience did. */
    boolean ended() {
        try {
            closeCode();
            return true;
        } catch (java.util.concurrent.CompletionException e) {
            return !(e.getCause() instanceof java.util.concurrent.TimeoutException);
        }
    }

    void disconnect() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        closeCode();
    }

    void abort() {
        socket.abort();
    }

    /** What was sent under a number once is the same when it is sent again, as from a spool. */
    void events(String spool, long first, int count) {
        List<AgentMessage.Numbered> numbered = new ArrayList<>();
        for (long number = first; number < first + count; number++) {
            Event event = spooled.computeIfAbsent(spool + "#" + number, fresh -> event("delete", "allow"));
            numbered.add(new AgentMessage.Numbered(number, event));
        }
        send(new AgentMessage.Events(spool, numbered));
    }

    static Event event(String summary, String verdict) {
        return Event.builder(Instant.now(), Event.Type.DECISION)
                .session("session-1")
                .call(UUID.randomUUID().toString())
                .target("jdbc:postgresql://db/orders")
                .summary(summary)
                .detail(summary + " from payments")
                .verdict(verdict)
                .rules(List.of("a-rule"))
                .callSite("com.example.Repository.find:12")
                .thread("main")
                .build();
    }

    /** A ticket that anyone may decide alone. */
    static Ticket ticket() {
        return ticket(UUID.randomUUID().toString(), List.of(), 1, false, Duration.ofMinutes(10));
    }

    static Ticket ticket(String id, List<String> anyOf, int required, boolean reason, Duration life) {
        Instant now = Instant.now();
        return Ticket.builder(id, "binding-of-" + id, now)
                .target("jdbc:postgresql://db/orders")
                .summary("delete")
                .detail("DELETE FROM payments")
                .callSite("com.example.Repository.purge:40")
                .entryPoint("com.example.Nightly.run:12")
                .thread("main")
                .openTransaction(true)
                .expires(now.plus(life))
                .rules(List.of("mass-write"))
                .anyOf(anyOf)
                .required(required)
                .reasonRequired(reason)
                .message("mass writes need a second pair of eyes")
                .build();
    }

    /** Opens a ticket and waits until people see it. */
    Ticket submit(Ticket ticket) {
        send(new AgentMessage.ApprovalRequest(ticket));
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        server.admin().get("/api/v1/approvals/" + ticket.id()).status() == 200);
        return ticket;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            try {
                received.add(Wire.read(text, ServerMessage.class));
            } catch (Exception e) {
                closed.completeExceptionally(new AssertionError("unreadable: " + text, e));
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }
}
