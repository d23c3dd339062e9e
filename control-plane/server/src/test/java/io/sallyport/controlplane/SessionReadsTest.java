package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.Retention;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.policy.PolicySigner;
import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.AgentMessage.Numbered;
import io.sallyport.protocol.EventBundle;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads a session while events come in and retention deletes gets what was there at one moment, or is told that it is gone. */
class SessionReadsTest {

    /** Several pages. */
    private static final int EVENTS = 2_300;

    private static final String SESSION = "session-1";

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    private Database database;
    private EventLog log;
    private EventQuery query;
    private Retention retention;
    private SignedExport export;

    private void open(Store store) throws Exception {
        database = Database.open(directory, store.newDatabase());
        log = new EventLog(database, StoredChainTest.SEAL, clock);
        query = new EventQuery(database);
        retention = new Retention(
                database, StoredChainTest.SEAL, log, new AuditLog(database, clock), () -> Duration.ofDays(90), clock);
        export = new SignedExport(
                database, new ChainCheck(database, StoredChainTest.SEAL), PolicySigner.loadOrCreate(directory), clock);
        StoredChainTest.enrol(database, "w", clock);
        store(1, EVENTS);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    private void store(long first, long last) {
        log.append(
                "w",
                "spool-1",
                LongStream.rangeClosed(first, last)
                        .mapToObj(n -> new Numbered(n, TestAgent.event("delete", "allow")))
                        .toList());
    }

    /** All that is there gets old and is deleted, and more comes in: by others, since what a thread does while it reads is a part of its reading. */
    private void turnOver() {
        byOthers(() -> {
            clock.forward(Duration.ofDays(100));
            store(EVENTS + 1, EVENTS + 50);
            assertThat(retention.sweep()).isEqualTo(EVENTS);
        });
    }

    private static void byOthers(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void aListOfEventsIsThatOfTheMomentWhenItWasBegun(Store store) throws Exception {
        open(store);
        List<Long> read = new ArrayList<>();
        query.eachOfSession("w", SESSION, event -> {
            if (read.isEmpty()) {
                turnOver();
            }
            read.add(event.path("sequence").asLong());
        });
        assertThat(read).isEqualTo(numbers(1, EVENTS));
        read.clear();
        query.eachOfSession(
                "w", SESSION, event -> read.add(event.path("sequence").asLong()));
        assertThat(read).isEqualTo(numbers(EVENTS + 1, EVENTS + 50));
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void aSignedBundleIsThatOfTheMomentWhenItWasBegunAndItsChainAndSignatureHold(Store store) throws Exception {
        open(store);
        assertThat(bundle(this::turnOver))
                .returns(null, EventBundle.Result::problem)
                .returns((long) EVENTS, EventBundle.Result::events);
        // What is left continues from what was deleted.
        assertThat(bundle(() -> byOthers(() -> store(EVENTS + 51, EVENTS + 60))))
                .returns(null, EventBundle.Result::problem)
                .returns(50L, EventBundle.Result::events);
        assertThat(bundle(() -> {})).returns(60L, EventBundle.Result::events);
    }

    /** @param meanwhile done when the beginning of the recording is written, and none of its events */
    private EventBundle.Result bundle(Runnable meanwhile) throws IOException {
        StringWriter out = new StringWriter() {
            private boolean done;

            @Override
            public void write(String line) {
                super.write(line);
                if (!done && line.contains("\"before\"")) {
                    done = true;
                    meanwhile.run();
                }
            }
        };
        assertThat(export.write("w", "shop", SESSION, "alice", out)).isTrue();
        return EventBundle.verify(new StringReader(out.toString()));
    }

    @ParameterizedTest
    @EnumSource(Store.class)
    void aTimelineWhoseBeginningIsDeletedWhileItIsReadSaysSoAndIsNotContinuedBehindTheHole(Store store)
            throws Exception {
        open(store);
        List<ObjectNode> first = query.ofSession("w", SESSION, 0, 100).events();
        long last = first.get(first.size() - 1).path("id").asLong();
        assertThat(query.ofSession("w", SESSION, last, 1).events())
                .singleElement()
                .matches(event -> event.path("sequence").asLong() == 101);
        turnOver();
        assertThatThrownBy(() -> query.ofSession("w", SESSION, last, 100))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("retention")
                .extracting(problem -> ((Problem) problem).kind())
                .isEqualTo(Problem.Kind.GONE);
        assertThat(query.ofSession("w", SESSION, 0, 100).events()).hasSize(50);
    }

    @Test
    void anExportThatCannotBeMadeWholeIsAnErrorAndNoHalfFile() throws Exception {
        try (Running server = Running.on(Store.POSTGRESQL)) {
            TestAgent agent = server.connectedAgent("shop");
            agent.events("s", 1, 1_500);
            agent.next(io.sallyport.protocol.ServerMessage.EventsAck.class);
            String path = "/api/v1/sessions/"
                    + server.admin()
                            .get("/api/v1/sessions")
                            .expect(200)
                            .at("/sessions/0/id")
                            .asLong() + "/export";
            for (String format : List.of("jsonl", "csv", "bundle")) {
                Api.Answer whole = server.admin().get(path + "?format=" + format);
                assertThat(whole.raw().headers().firstValueAsLong("Content-Length"))
                        .as(format)
                        .hasValue(whole.text().length());
            }
            change(server, "update event set body = '{' where sequence = 1400");
            for (String format : List.of("jsonl", "csv")) {
                Api.Answer answer = server.admin().get(path + "?format=" + format);
                assertThat(answer.status()).as(format).isEqualTo(500);
                assertThat(answer.json().path("error").asText()).contains("incident");
            }
            change(server, "delete from event where spool = 's'");
            for (String format : List.of("jsonl", "csv", "bundle")) {
                Api.Answer gone = server.admin().get(path + "?format=" + format);
                assertThat(gone.expect(410).path("error").asText()).as(format).contains("retention");
            }
        }
    }

    private static void change(Running server, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.database())) {
            assertThat(connection.createStatement().executeUpdate(sql)).isPositive();
        }
    }
}
