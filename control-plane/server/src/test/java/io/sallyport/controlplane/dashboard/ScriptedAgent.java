package io.sallyport.controlplane.dashboard;

import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A workload without a JVM of its own: it enrols and speaks the protocol, and keeps what the control plane tells it. */
final class ScriptedAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebSocket channel;
    private final BlockingQueue<ServerMessage> received;
    private final String spool;
    private final String workloadId;
    private long sequence;

    private ScriptedAgent(WebSocket channel, BlockingQueue<ServerMessage> received, String spool, String workloadId) {
        this.channel = channel;
        this.received = received;
        this.spool = spool;
        this.workloadId = workloadId;
    }

    /** Enrols with a join token, opens the channel and waits for the welcome. */
    static ScriptedAgent connect(RunningControlPlane server, String name, String host, Map<String, String> labels)
            throws Exception {
        return connect(server, server.joinToken(name), name, host, labels, 0);
    }

    /** The same for a workload that has a policy already, as it was signed, and shows it when it is asked for. */
    static ScriptedAgent holding(RunningControlPlane server, String name, String host, ServerMessage.PolicyUpdate had)
            throws Exception {
        ScriptedAgent agent = connect(server, server.joinToken(name), name, host, Map.of(), had.version());
        agent.await(ServerMessage.PolicyWanted.class);
        agent.send(new AgentMessage.PolicyHeld(had.version(), had.yaml(), had.signature()));
        return agent;
    }

    /** The same with a join token that names nobody: the workload names itself. */
    static ScriptedAgent unverified(RunningControlPlane server, String name, String host) throws Exception {
        String token = server.post("/api/v1/join-tokens", Map.of("ttlMinutes", 10, "uses", 1))
                .get("token")
                .asText();
        return connect(server, token, name, host, Map.of(), 0);
    }

    private static ScriptedAgent connect(
            RunningControlPlane server,
            String joinToken,
            String name,
            String host,
            Map<String, String> labels,
            long policyVersion)
            throws Exception {
        HttpClient client = server.client();
        String instance = UUID.randomUUID().toString();
        EnrollRequest request = new EnrollRequest(joinToken, name, instance, labels);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(server.address().resolve(Paths.ENROLL))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Wire.write(request)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("enrolment answered " + answer.statusCode() + ": " + answer.body());
        }
        EnrollResponse enrolled = Wire.read(answer.body(), EnrollResponse.class);

        BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
        URI address = server.address();
        WebSocket channel = client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .header("Authorization", "Bearer " + enrolled.credential())
                .buildAsync(URI.create("wss://" + address.getAuthority() + Paths.CHANNEL), new Listener(received))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        ScriptedAgent agent = new ScriptedAgent(channel, received, "spool-" + instance, enrolled.workloadId());
        agent.send(new AgentMessage.Hello(
                name, instance, host, 4211, "21.0.5", "0.1.0", agent.spool, policyVersion, labels));
        agent.await(ServerMessage.Welcome.class);
        return agent;
    }

    String workloadId() {
        return workloadId;
    }

    void send(AgentMessage message) {
        try {
            channel.sendText(Wire.write(message), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the channel did not take a " + message.getClass().getSimpleName(), e);
        }
    }

    /** Uploads events and waits until they are stored. */
    void report(Event... events) throws InterruptedException {
        List<AgentMessage.Numbered> numbered = new ArrayList<>();
        for (Event event : events) {
            numbered.add(new AgentMessage.Numbered(++sequence, event));
        }
        send(new AgentMessage.Events(spool, numbered));
        while (await(ServerMessage.EventsAck.class).upTo() < sequence) {
            // an acknowledgement of an earlier batch
        }
    }

    /** So many events never come. */
    void lose(int events) {
        sequence += events;
    }

    void ask(Ticket ticket) {
        send(new AgentMessage.ApprovalRequest(ticket));
    }

    /** The next message of a type; others before it are dropped. */
    <T extends ServerMessage> T await(Class<T> type) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            ServerMessage message = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new AssertionError("no " + type.getSimpleName() + " arrived on the channel");
            }
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    /** The decision of a ticket. */
    ServerMessage.ApprovalDecision awaitDecision(String ticket) throws InterruptedException {
        ServerMessage.ApprovalDecision decision = await(ServerMessage.ApprovalDecision.class);
        while (!decision.ticket().equals(ticket)) {
            decision = await(ServerMessage.ApprovalDecision.class);
        }
        return decision;
    }

    @Override
    public void close() {
        channel.sendClose(WebSocket.NORMAL_CLOSURE, "done")
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(e -> channel)
                .join();
        channel.abort();
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<ServerMessage> received;
        private final StringBuilder frame = new StringBuilder();

        Listener(BlockingQueue<ServerMessage> received) {
            this.received = received;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            frame.append(part);
            if (last) {
                try {
                    received.add(Wire.read(frame.toString(), ServerMessage.class));
                } catch (Exception e) {
                    throw new IllegalStateException("the control plane sent something that is no message", e);
                } finally {
                    frame.setLength(0);
                }
            }
            socket.request(1);
            return null;
        }
    }
}
