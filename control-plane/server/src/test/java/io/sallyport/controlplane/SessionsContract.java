package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.AgentMessage.Events;
import io.sallyport.protocol.AgentMessage.Numbered;
import io.sallyport.protocol.ConfirmedRecording;
import io.sallyport.protocol.ServerMessage;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must be true of sessions on every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionsContract {

    private final Store store;
    private final MovableClock clock = new MovableClock();
    private Running server;

    SessionsContract(Store store) {
        this.store = store;
    }

    @BeforeAll
    void start() throws Exception {
        server = Running.on(store, clock);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private TestAgent agent(String name) {
        TestAgent agent = new TestAgent(
                server,
                server.enroll(server.joinToken(name), name, UUID.randomUUID().toString()));
        agent.connect();
        agent.hello("spool");
        return agent;
    }

    private static String unique() {
        return "w-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private void report(TestAgent agent, long first, Event... events) {
        List<Numbered> numbered = new ArrayList<>();
        for (Event event : events) {
            numbered.add(new Numbered(first + numbered.size(), event));
        }
        agent.send(new Events("spool", numbered));
        while (agent.next(ServerMessage.EventsAck.class).upTo() < first + events.length - 1) {
            // An acknowledgement of an earlier batch.
        }
    }

    private Event event(Type type, String session, String detail, String verdict, String... masked) {
        return Event.builder(clock.instant(), type)
                .session(session)
                .call("call-" + detail.hashCode())
                .target("jdbc:postgresql://db/orders")
                .summary("read")
                .detail(detail)
                .verdict(verdict)
                .masked(List.of(masked))
                .thread("main")
                .tls(type == Type.OPEN ? "TLSv1.3 TLS_AES_256_GCM_SHA384" : null)
                .build();
    }

    private List<JsonNode> sessions(String workload, String query) {
        List<JsonNode> found = new ArrayList<>();
        server.admin()
                .get("/api/v1/sessions?workload=" + workload + query)
                .expect(200)
                .path("sessions")
                .forEach(found::add);
        return found;
    }

    @Test
    void theEventsOfAConnectionMakeASessionThatIsCounted() {
        String name = unique();
        TestAgent agent = agent(name);
        report(
                agent,
                1,
                event(Type.OPEN, "jdbc-1", "", "allow"),
                event(Type.DECISION, "jdbc-1", "SELECT email FROM users", "allow", "contact"),
                event(Type.RESULT, "jdbc-1", "SELECT email FROM users", null, "contact"),
                event(Type.DECISION, "jdbc-2", "DROP TABLE users", "deny"));
        report(
                agent,
                5,
                event(Type.ERROR, "jdbc-1", "SELECT 1/0", null),
                event(Type.CLOSE, "jdbc-1", "", null),
                event(Type.ALARM, "", "", null));
        JsonNode closed = sessions(name, "&q=email").get(0);
        assertThat(closed.path("state").asText()).isEqualTo("closed");
        assertThat(closed.path("calls").asLong()).isEqualTo(1);
        assertThat(closed.path("masked").asLong()).isEqualTo(1);
        assertThat(closed.path("errors").asLong()).isEqualTo(1);
        assertThat(closed.path("tls").asText()).startsWith("TLSv1.3");
        JsonNode open = sessions(name, "&notable=refused").get(0);
        assertThat(open.path("session").asText()).isEqualTo("jdbc-2");
        assertThat(open.path("state").asText()).isEqualTo("open");
        assertThat(sessions(name, "")).hasSize(2);
    }

    @Test
    void callsThatTheRecordOnlyCountsAreInTheSessionsAndTheFleetsCounters() {
        String name = unique();
        TestAgent agent = agent(name);
        long before = server.admin()
                .get("/api/v1/overview")
                .expect(200)
                .at("/totals/allow")
                .asLong();
        Event e = event(Type.DECISION, "jdbc-1", "DROP TABLE t", "deny");
        Event count = Event.builder(e.at(), Type.COUNT)
                .session(e.session())
                .target(e.target())
                .summary("allowed")
                .detail(e.target())
                .verdict("allow")
                .rows(1_234)
                .thread("main")
                .build();
        report(agent, 1, e, count);
        assertThat(sessions(name, "").get(0).path("calls").asLong()).isEqualTo(1_235);
        assertThat(server.admin()
                        .get("/api/v1/overview")
                        .expect(200)
                        .at("/totals/allow")
                        .asLong())
                .isEqualTo(before + 1_234);
    }

    @Test
    void aSessionsTimelineHoldsItsEventsInOrderPageByPage() {
        String name = unique();
        TestAgent agent = agent(name);
        Event[] events = new Event[25];
        for (int i = 0; i < events.length; i++) {
            events[i] = event(Type.DECISION, i % 5 == 4 ? "jdbc-b" : "jdbc-a", "SELECT " + i, "allow");
        }
        report(agent, 1, events);
        long id = sessions(name, "&q=SELECT%2024").get(0).path("id").asLong();
        JsonNode first =
                server.admin().get("/api/v1/sessions/" + id + "/events?limit=3").expect(200);
        assertThat(details(first)).containsExactly("SELECT 4", "SELECT 9", "SELECT 14");
        JsonNode second = server.admin()
                .get("/api/v1/sessions/" + id + "/events?limit=3&after="
                        + first.path("next").asLong())
                .expect(200);
        assertThat(details(second)).containsExactly("SELECT 19", "SELECT 24");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void pagesEndEarlyWhereEventsAreLargeAndAreContinuedUntilAllAreThere() {
        String name = unique();
        TestAgent agent = agent(name);
        // In all more than a page holds.
        int count = 14;
        for (int i = 1; i <= count; i++) {
            report(agent, i, event(Type.DECISION, "jdbc-large", i + " " + "x".repeat(1_500_000), "allow"));
        }
        String timeline =
                "/api/v1/sessions/" + sessions(name, "").get(0).path("id").asLong() + "/events?after=";
        String newest = "/api/v1/events?type=decision&workload=" + name + "&before=";
        List<String> oldestFirst =
                IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
        List<String> newestFirst = new ArrayList<>(oldestFirst);
        Collections.reverse(newestFirst);

        assertThat(inSeveralPages(timeline, 0)).isEqualTo(oldestFirst);
        assertThat(inSeveralPages(newest, Long.MAX_VALUE)).isEqualTo(newestFirst);
        assertThat(inSeveralPages("/api/v1/events?q=xxxxxxxxxx&workload=" + name + "&before=", Long.MAX_VALUE))
                .isEqualTo(newestFirst);
    }

    /** The first words of the events of all pages. */
    private List<String> inSeveralPages(String path, long start) {
        List<String> words = new ArrayList<>();
        JsonNode next = LongNode.valueOf(start);
        int pages = 0;
        while (!next.isNull()) {
            JsonNode page = server.admin().get(path + next.asLong()).expect(200);
            details(page).forEach(detail -> words.add(detail.substring(0, detail.indexOf(' '))));
            next = page.path("next");
            pages++;
        }
        assertThat(pages).isEqualTo(2);
        return words;
    }

    private static List<String> details(JsonNode timeline) {
        List<String> details = new ArrayList<>();
        timeline.path("events")
                .forEach(event -> details.add(event.path("detail").asText()));
        return details;
    }

    @Test
    void aStoppedSessionsWorkloadIsToldAtOnceAndAgainWheneverItComesBackUntilTheSessionEnds() {
        String name = unique();
        TestAgent agent = agent(name);
        report(agent, 1, event(Type.DECISION, "jdbc-7", "SELECT 7", "allow"));
        long id = sessions(name, "").get(0).path("id").asLong();
        JsonNode stopped = server.admin()
                .post("/api/v1/sessions/" + id + "/stop", Map.of("reason", "looks odd"))
                .expect(200);
        assertThat(stopped.path("state").asText()).isEqualTo("stopped");
        assertThat(stopped.at("/stop/reason").asText()).isEqualTo("looks odd");
        ServerMessage.SessionStopped told = new ServerMessage.SessionStopped("jdbc-7", "admin", "looks odd");
        assertThat(agent.next(ServerMessage.SessionStopped.class)).isEqualTo(told);
        agent.connect();
        agent.hello("spool");
        assertThat(agent.next(ServerMessage.SessionStopped.class)).isEqualTo(told);
        server.admin()
                .post("/api/v1/sessions/" + id + "/stop", Map.of("reason", "twice"))
                .expect(409);
        report(agent, 2, event(Type.CLOSE, "jdbc-7", "", null));
        agent.connect();
        agent.hello("spool");
        assertThat(agent.poll(ServerMessage.SessionStopped.class, 300)).isNull();
        assertThat(server.admin().get("/api/v1/audit?limit=50").expect(200).toString())
                .contains("session.stop")
                .contains("looks odd");
    }

    @Test
    void anExportHoldsEveryEventAndNoFormula() {
        String name = unique();
        TestAgent agent = agent(name);
        report(
                agent,
                1,
                event(Type.DECISION, "jdbc-9", "=cmd|' /C calc'!A0", "allow"),
                event(Type.DECISION, "jdbc-9", "SELECT \"a\", 'b,c'", "deny", "contact", "cards"),
                event(Type.DECISION, "jdbc-9", "＝1+1", "allow"));
        long id = sessions(name, "").get(0).path("id").asLong();
        String csv = server.admin()
                .get("/api/v1/sessions/" + id + "/export?format=csv")
                .text();
        assertThat(csv.lines()).hasSize(4);
        assertThat(csv.lines().toList().get(0)).startsWith("id,at,workload,session,call,type,verdict");
        assertThat(csv)
                .contains("\"'=cmd|' /C calc'!A0\"")
                .contains("\"'＝1+1\"")
                .contains("\"SELECT \"\"a\"\", 'b,c'\"")
                .contains("\"contact; cards\"");
        String lines = server.admin()
                .get("/api/v1/sessions/" + id + "/export?format=jsonl")
                .text();
        assertThat(lines.lines()).hasSize(3).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(server.admin()
                        .get("/api/v1/sessions/" + id + "/export?format=xml")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aHoleInTheSequenceIsAnAlarmThatNamesWhatIsMissingAndWhatFollowsIsKept() {
        String name = unique();
        TestAgent agent = agent(name);
        report(agent, 1, event(Type.DECISION, "jdbc-1", "SELECT 1", "allow"));
        report(agent, 5, event(Type.DECISION, "jdbc-1", "SELECT 5", "allow"));
        assertThat(alarms(name)).anyMatch(alarm -> alarm.contains("events 2 to 4 of spool spool are missing"));
        assertThat(sessions(name, "").get(0).path("calls").asLong()).isEqualTo(2);
    }

    @Test
    void aRecordingKeyIsPinnedWhenItIsFirstToldAndAnotherOneIsAnAlarm() {
        String name = unique();
        TestAgent agent = agent(name);
        for (String key : List.of("MCowKey1", "MCowKey1")) {
            agent.disconnect();
            agent.connect();
            agent.send(hello(key));
            agent.next(ServerMessage.Welcome.class);
        }
        assertThat(alarms(name)).isEmpty();
        agent.disconnect();
        agent.connect();
        agent.send(hello("MCowKey2"));
        agent.next(ServerMessage.Welcome.class);
        assertThat(alarms(name)).singleElement().asString().contains("MCowKey2 in place of MCowKey1");
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + agent.id())
                        .expect(200)
                        .path("recordingKey")
                        .asText())
                .isEqualTo("MCowKey1");
    }

    @Test
    void aRecordingThatVanishesFromAWorkloadsDiskIsAnAlarmUnlessTheWorkloadConfirmedItWholly() throws Exception {
        String name = unique();
        TestAgent agent = agent(name);
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String first = drawn();
        String second = drawn();
        String third = drawn();
        arrive(agent, keys, first, List.of(first), List.of());
        assertThat(upload(agent, first, 1, event(Type.DECISION, "jdbc-1", "SELECT 1", "allow")))
                .isEqualTo(1);
        arrive(agent, keys, second, List.of(first, second), List.of());
        arrive(agent, keys, third, List.of(second, third), List.of(confirmed(keys, first, 1)));
        assertThat(alarms(name)).isEmpty();
        assertThat(recording(agent, first).path("closed").asBoolean()).isTrue();

        // Somebody removes the second one; its word for it is signed with another key, or is about another recording.
        KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        for (int i = 0; i < 2; i++) {
            arrive(
                    agent,
                    keys,
                    third,
                    List.of(third),
                    List.of(
                            confirmed(others, second, 0),
                            new ConfirmedRecording(
                                    second, 0, confirmed(keys, first, 1).signature())));
        }
        assertThat(alarms(name)).singleElement().asString().contains(second, "no longer on this workload's disk");
        assertThat(recording(agent, second).path("problem").asText()).contains("vanished");
        assertThat(recording(agent, third).path("problem").isNull()).isTrue();
    }

    private static void arrive(
            TestAgent agent, KeyPair keys, String spool, List<String> present, List<ConfirmedRecording> confirmed) {
        agent.disconnect();
        agent.connect();
        agent.send(new AgentMessage.Hello(
                "self-named",
                "i",
                "host-1",
                1,
                "17",
                "0.1",
                spool,
                0,
                Map.of(),
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                new AgentMessage.Disk(present, confirmed)));
        agent.next(ServerMessage.Welcome.class);
    }

    private static ConfirmedRecording confirmed(KeyPair keys, String recording, long last) throws Exception {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(ConfirmedRecording.signed(recording, last));
        return new ConfirmedRecording(recording, last, Base64.getEncoder().encodeToString(signer.sign()));
    }

    private JsonNode recording(TestAgent agent, String recording) {
        for (JsonNode checked : server.admin()
                .get("/api/v1/workloads/" + agent.id() + "/recordings")
                .expect(200)) {
            if (checked.path("recording").asText().equals(recording)) {
                return checked;
            }
        }
        throw new AssertionError("there is no recording " + recording);
    }

    private static AgentMessage.Hello hello(String recordingKey) {
        return new AgentMessage.Hello("self-named", "i", "host-1", 1, "17", "0.1", "spool", 0, Map.of(), recordingKey);
    }

    @Test
    void statementsAreCountedByThePlaceThatSendsThemAndThoseFirstSeenSinceAreFound() {
        String name = unique();
        TestAgent agent = agent(name);
        report(
                agent,
                1,
                at("shop.Orders.find:7", "SELECT a FROM t WHERE id = ?"),
                at("shop.Orders.find:9", "SELECT a FROM t WHERE id = ?"),
                at("shop.Users.find:1", "SELECT a FROM t WHERE id = ?"));
        java.time.Instant later = clock.instant().plusSeconds(60);
        clock.forward(Duration.ofMinutes(2));
        report(
                agent,
                4,
                at("shop.Orders.find:7", "SELECT a FROM t WHERE id = ?"),
                at("shop.Orders.drop:8", "DROP TABLE t"));
        assertThat(server.admin().get("/api/v1/shapes?workload=" + name).expect(200))
                .extracting(s -> s.path("site").asText() + " " + s.path("calls").asLong())
                .containsExactlyInAnyOrder("shop.Orders.find 3", "shop.Users.find 1", "shop.Orders.drop 1");
        assertThat(server.admin()
                        .get("/api/v1/shapes?workload=" + name + "&firstSince=" + later)
                        .expect(200))
                .extracting(s -> s.path("shape").asText())
                .containsExactly("DROP TABLE t");
        assertThat(firstSince(name, later)).containsExactly("DROP TABLE t");
        // A replica that sends the same brings nothing new.
        TestAgent replica = agent(name);
        report(replica, 1, at("shop.Orders.drop:8", "DROP TABLE t"));
        assertThat(firstSince(name, later)).containsExactly("DROP TABLE t");
        assertThat(server.admin().get("/api/v1/events?firstSince=yesterday").status())
                .isEqualTo(400);
    }

    private List<String> firstSince(String name, java.time.Instant since) {
        List<String> found = new ArrayList<>();
        server.admin()
                .get("/api/v1/events?workload=" + name + "&firstSince=" + since)
                .expect(200)
                .path("events")
                .forEach(event -> found.add(event.path("detail").asText()));
        return found;
    }

    private Event at(String callSite, String detail) {
        Event e = event(Type.DECISION, "jdbc-1", detail, "allow");
        return Event.builder(e.at(), e.type())
                .session(e.session())
                .call(e.call())
                .target(e.target())
                .summary(e.summary())
                .detail(e.detail())
                .verdict(e.verdict())
                .rules(e.rules())
                .masked(e.masked())
                .callSite(callSite)
                .thread(e.thread())
                .build();
    }

    @Test
    void whatIsStoredOfAWorkloadsRecordingsIsVerifiedOnDemand() {
        TestAgent agent = agent(unique());
        report(agent, 1, event(Type.DECISION, "jdbc-1", "SELECT 1", "allow"), event(Type.CLOSE, "jdbc-1", "", null));
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + agent.id() + "/recordings")
                        .expect(200))
                .singleElement()
                .matches(r -> r.path("recording").asText().equals("spool")
                        && r.path("events").asLong() == 2
                        && r.path("problem").isNull());
        assertThat(server.admin().get("/api/v1/workloads/w-nobody/recordings").status())
                .isEqualTo(404);
    }

    @Test
    void aRecordingThatAProcessUploadsAgainAfterItEnrolledAnewIsStoredOnceAndAnAlarm() {
        String recording = drawn();
        Event[] events = new Event[6];
        for (int i = 0; i < events.length; i++) {
            events[i] = event(Type.DECISION, "jdbc-" + recording, "SELECT " + i, "allow");
        }
        String first = unique();
        assertThat(upload(agent(first), recording, 1, events[0], events[1], events[2], events[3]))
                .isEqualTo(4);
        String second = unique();
        TestAgent anew = agent(second);
        assertThat(upload(anew, recording, 1, events[0], events[1])).isEqualTo(2);
        assertThat(upload(anew, recording, 3, events[2], events[3], events[4])).isEqualTo(5);
        assertThat(upload(anew, recording, 6, events[5])).isEqualTo(6);

        assertThat(stored(first)).containsExactly("SELECT 3", "SELECT 2", "SELECT 1", "SELECT 0");
        assertThat(stored(second)).containsExactly("SELECT 5", "SELECT 4");
        assertThat(sessions(second, "").get(0).path("calls").asLong()).isEqualTo(2);
        assertThat(alarms(first)).isEmpty();
        assertThat(alarms(second)).singleElement().asString().contains(recording, first, "events 1 to 4");
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + anew.id() + "/recordings")
                        .expect(200))
                .filteredOn(r -> r.path("recording").asText().equals(recording))
                .singleElement()
                .matches(r -> r.path("first").asLong() == 5
                        && r.path("last").asLong() == 6
                        && r.path("problem").isNull());
    }

    @Test
    void whatAProcessThatEnrolledAnewNoLongerHasIsNoGapWhereItWasStoredBefore() {
        String recording = drawn();
        Event event = event(Type.DECISION, "jdbc-1", "SELECT 1", "allow");
        upload(agent(unique()), recording, 1, event, event, event);
        String second = unique();
        assertThat(upload(agent(second), recording, 3, event, event)).isEqualTo(4);
        assertThat(stored(second)).hasSize(1);
        assertThat(alarms(second)).singleElement().asString().contains("was uploaded by another workload");
        String third = unique();
        assertThat(upload(agent(third), recording, 5, event)).isEqualTo(5);
        assertThat(alarms(third)).singleElement().asString().contains("was uploaded by another workload");
        String fourth = unique();
        assertThat(upload(agent(fourth), recording, 2, event, event, event, event))
                .isEqualTo(5);
        assertThat(stored(fourth)).isEmpty();
    }

    @Test
    void aRecordingOfTheSameNameWithAnotherContentIsStoredForBoth() {
        String recording = drawn();
        upload(agent(unique()), recording, 1, event(Type.DECISION, "jdbc-1", "SELECT 1", "allow"));
        String second = unique();
        upload(agent(second), recording, 1, event(Type.DECISION, "jdbc-1", "DROP TABLE t", "deny"));
        assertThat(stored(second)).containsExactly("DROP TABLE t");
        assertThat(alarms(second)).hasSize(1);
    }

    private static String drawn() {
        return "20261129T040000Z-"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private static long upload(TestAgent agent, String recording, long first, Event... events) {
        List<Numbered> numbered = new ArrayList<>();
        for (Event event : events) {
            numbered.add(new Numbered(first + numbered.size(), event));
        }
        agent.send(new Events(recording, numbered));
        return agent.next(ServerMessage.EventsAck.class).upTo();
    }

    /** Newest first. */
    private List<String> stored(String workload) {
        return details(server.admin()
                .get("/api/v1/events?type=DECISION&workload=" + workload)
                .expect(200));
    }

    @Test
    void anEventThatComesAgainIsCountedOnceAndOneThatComesAgainWithAnotherContentIsAnAlarm() {
        String name = unique();
        TestAgent agent = agent(name);
        Event one = event(Type.DECISION, "jdbc-1", "SELECT 1", "allow");
        Event two = event(Type.DECISION, "jdbc-1", "SELECT 2", "allow");
        report(agent, 1, one, two);
        report(agent, 1, one, two);
        assertThat(sessions(name, "").get(0).path("calls").asLong()).isEqualTo(2);
        assertThat(alarms(name)).isEmpty();
        report(agent, 2, event(Type.DECISION, "jdbc-1", "SELECT 2000", "allow"));
        assertThat(alarms(name)).anyMatch(alarm -> alarm.contains("two histories") && alarm.contains("event 2"));
        assertThat(sessions(name, "").get(0).path("calls").asLong()).isEqualTo(2);
    }

    @Test
    void oldSegmentsThatArePlayedAgainChangeNothing() {
        String name = unique();
        TestAgent agent = agent(name);
        agent.events("spool", 1, 20);
        agent.next(ServerMessage.EventsAck.class);
        agent.events("spool", 21, 20);
        agent.next(ServerMessage.EventsAck.class);

        agent.events("spool", 1, 20);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(40);
        assertThat(sessions(name, "").get(0).path("calls").asLong()).isEqualTo(40);
        assertThat(alarms(name)).isEmpty();
    }

    private List<String> alarms(String workload) {
        List<String> alarms = new ArrayList<>();
        server.admin()
                .get("/api/v1/events?type=ALARM&workload=" + workload)
                .expect(200)
                .path("events")
                .forEach(event -> alarms.add(event.path("error").asText()));
        return alarms;
    }

    @Test
    void sessionsOfWorkloadsThatAPersonDoesNotSeeDoNotExistForThem() throws Exception {
        String name = unique();
        TestAgent agent = agent(name);
        report(agent, 1, event(Type.DECISION, "jdbc-1", "SELECT 1", "allow"));
        long id = sessions(name, "").get(0).path("id").asLong();
        Api scoped = server.person(unique(), List.of("admin@team=nobody-has-this"), List.of());
        assertThat(scoped.get("/api/v1/sessions").expect(200).path("sessions")).isEmpty();
        for (String path : List.of("", "/events", "/export")) {
            assertThat(scoped.get("/api/v1/sessions/" + id + path).status()).isEqualTo(404);
        }
        assertThat(scoped.post("/api/v1/sessions/" + id + "/stop", Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSessionWithoutEventsForAWhileIsIdle() {
        String name = unique();
        TestAgent agent = agent(name);
        report(agent, 1, event(Type.DECISION, "http-1", "GET /users", "allow"));
        clock.forward(Duration.ofMinutes(16));
        try {
            assertThat(sessions(name, "").get(0).path("state").asText()).isEqualTo("idle");
        } finally {
            clock.forward(Duration.ofMinutes(-16));
        }
    }
}
