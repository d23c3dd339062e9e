package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.protocol.ServerMessage.EventsAck;
import io.sallyport.protocol.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A SIEM gets every event at least once, whatever it and the control plane do meanwhile. */
class EventStreamTest {

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

    /** Waits for the events of those positions, each at least once; others on the way are dropped. */
    private void awaitSequences(long first, long last) throws Exception {
        Set<Long> missing = new LinkedHashSet<>();
        for (long n = first; n <= last; n++) {
            missing.add(n);
        }
        awaitSequences(missing);
    }

    private void awaitSequences(Set<Long> missing) throws Exception {
        while (!missing.isEmpty()) {
            JsonNode event = received.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("still missing " + missing).isNotNull();
            missing.remove(event.path("event").path("sequence").asLong());
        }
    }

    @Test
    void overHttpNothingIsLostWhileTheReceiverRefusesAndTheControlPlaneRestarts() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        List<String> authorizations = new ArrayList<>();
        HttpServer siem = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        siem.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuses = refusals.getAndDecrement() > 0;
            synchronized (authorizations) {
                authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            }
            if (!refuses) {
                for (String line : body.lines().toList()) {
                    received.add(Wire.json().readTree(line));
                }
            }
            exchange.sendResponseHeaders(refuses ? 503 : 200, -1);
            exchange.close();
        });
        siem.start();
        Path secret = Files.writeString(Files.createTempFile("siem", ""), "Splunk s3cret\n");
        try (Running server = Running.on(Store.EMBEDDED, new MovableClock(), Running.settings("""
                stream:
                  - {name: siem, http: "http://localhost:%d/in", authorization: "file:%s"}
                """.formatted(
                        siem.getAddress().getPort(), secret)))) {
            TestAgent agent = server.agent("shop");
            agent.connect();
            agent.hello("spool-1");
            agent.events("spool-1", 1, 30);
            agent.next(EventsAck.class);
            awaitSequences(1, 30);
            assertThat(authorizations).containsOnly("Splunk s3cret");

            // While the receiver refuses, the control plane ends.
            refusals.set(Integer.MAX_VALUE);
            agent.events("spool-1", 31, 10);
            agent.next(EventsAck.class);
            server.restart();
            refusals.set(0);
            awaitSequences(31, 40);
        } finally {
            siem.stop(0);
        }
    }

    @Test
    void overSyslogALotThatABrokenConnectionTookIsSentAgain() throws Exception {
        try (ServerSocket siem = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CountDownLatch broken = new CountDownLatch(1);
            Thread listener = new Thread(() -> {
                try {
                    // The first connection ends as soon as it is made.
                    siem.accept().close();
                    broken.countDown();
                    while (true) {
                        read(siem.accept());
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            listener.setDaemon(true);
            listener.start();
            try (Running server = Running.on(
                    Store.EMBEDDED, new MovableClock(), Running.settings("""
                    stream: [{name: siem, syslog: "tcp://localhost:%d"}]
                    """.formatted(siem.getLocalPort())))) {
                TestAgent agent = server.agent("shop");
                agent.connect();
                agent.hello("spool-1");
                agent.events("spool-1", 1, 5);
                agent.next(EventsAck.class);
                // One that makes it notice: a lot that the network took counts as sent.
                assertThat(broken.await(20, TimeUnit.SECONDS)).isTrue();
                agent.events("spool-1", 6, 5);
                agent.next(EventsAck.class);
                awaitSequences(6, 10);
            }
        }
    }

    @Test
    void anEventWhoseTransactionCommitsLateIsNotPassedOver() throws Exception {
        HttpServer siem = receiver();
        MovableClock clock = new MovableClock();
        try (Running one = Running.on(
                        Store.POSTGRESQL,
                        clock,
                        Running.settings("stream: [{name: siem, http: \"http://localhost:%d/in\"}]\n"
                                .formatted(siem.getAddress().getPort())));
                Running other = one.replica();
                Connection database = DriverManager.getConnection(one.database());
                Connection watch = DriverManager.getConnection(one.database())) {
            TestAgent slow = one.connectedAgent("slow");
            TestAgent quick = other.connectedAgent("quick");
            slow.events("slow-1", 1, 3);
            slow.next(EventsAck.class);
            awaitSequences(1, 3);
            database.setAutoCommit(false);
            database.createStatement()
                    .executeQuery("select * from tally_total where workload_id = '" + slow.id() + "' for update")
                    .close();
            // Its transaction has taken ids and waits.
            slow.events("slow-1", 4, 5);
            await(watch, "select count(*) > 0 from pg_locks where not granted");
            quick.events("quick-1", 101, 2);
            awaitSequences(101, 102);
            clock.forward(Duration.ofSeconds(11));
            // Each in a round of its own, at the end of which the cursor moves.
            quick.events("quick-1", 103, 1);
            awaitSequences(103, 103);
            quick.events("quick-1", 104, 1);
            awaitSequences(104, 104);
            database.rollback();
            slow.next(EventsAck.class);
            awaitSequences(4, 8);
            await(watch, "select max(event_id) = (select max(id) from event) from stream_cursor");
        } finally {
            siem.stop(0);
        }
    }

    @Test
    void anEventThatTheReceiverNeverTakesIsSetAsideAndTheOthersGoOn() throws Exception {
        AtomicInteger answer = new AtomicInteger(400);
        CountDownLatch askedAlone = new CountDownLatch(1);
        HttpServer siem = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        siem.createContext("/", exchange -> {
            List<JsonNode> events = new ArrayList<>();
            for (String line : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                events.add(Wire.json().readTree(line));
            }
            boolean misfit = answer.get() == 400
                    || events.stream()
                            .anyMatch(e -> e.path("event").path("sequence").asLong() == 17);
            if (misfit && events.size() == 1) {
                askedAlone.countDown();
            }
            if (!misfit) {
                received.addAll(events);
            }
            exchange.sendResponseHeaders(misfit ? answer.get() : 200, -1);
            exchange.close();
        });
        siem.start();
        try (Running server = Running.on(
                Store.EMBEDDED,
                new MovableClock(),
                Running.settings("stream: [{name: siem, http: \"http://localhost:%d/in\"}]\n"
                        .formatted(siem.getAddress().getPort())))) {
            TestAgent agent = server.connectedAgent("shop");
            agent.events("spool-1", 1, 40);
            agent.next(EventsAck.class);
            // A receiver that rejects whatever it gets costs no event.
            assertThat(askedAlone.await(20, TimeUnit.SECONDS)).isTrue();
            answer.set(413);
            Set<Long> others = new LinkedHashSet<>();
            for (long n = 1; n <= 40; n++) {
                others.add(n);
            }
            others.remove(17L);
            awaitSequences(others);
            agent.events("spool-1", 41, 3);
            agent.next(EventsAck.class);
            awaitSequences(41, 43);
            List<String> aside = new ArrayList<>();
            server.admin().get("/api/v1/audit").expect(200).forEach(entry -> {
                if (entry.path("action").asText().equals("stream.rejected")) {
                    aside.add(entry.path("detail").asText());
                }
            });
            assertThat(aside).singleElement().asString().contains("413");
        } finally {
            siem.stop(0);
        }
    }

    private static void await(Connection database, String condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (ResultSet row = database.createStatement().executeQuery(condition)) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
            assertThat(System.nanoTime()).as(condition).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private HttpServer receiver() throws IOException {
        HttpServer siem = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        siem.createContext("/", exchange -> {
            for (String line : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                received.add(Wire.json().readTree(line));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        siem.start();
        return siem;
    }

    private void read(Socket socket) throws IOException {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = 0;
                for (int c = in.read(); c != ' '; c = in.read()) {
                    if (c < 0) {
                        return;
                    }
                    length = length * 10 + c - '0';
                }
                String message = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                assertThat(message).matches("<1(05|08|10)>1 \\S+ - sallyport - \\S+ - \\{.*\\}");
                received.add(Wire.json().readTree(message.substring(message.indexOf('{'))));
            }
        }
    }
}
