package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A workload with a table of its own in memory, which it fills with 1, 2, 3 …, and what the control plane has of that. */
final class Ledger implements AutoCloseable {

    private static final Pattern VERIFIED = Pattern.compile("(\\S+): intact, records \\d+ to (\\d+).*");

    private final Plane plane;
    private final String table;
    private final Console console;
    private int written;

    private Ledger(Plane plane, String table, Console console) {
        this.plane = plane;
        this.table = table;
        this.console = console;
    }

    static ChildJvm.Builder workload() {
        return Console.sql("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1", "sa", "");
    }

    /** @param table no other one's name is in its own */
    static Ledger start(Plane plane, String table, ChildJvm.Builder workload) throws Exception {
        Console console = Console.start(workload);
        assertThat(console.ask("run", "CREATE TABLE " + table + " (id int)")).containsExactly("count 0");
        return new Ledger(plane, table, console);
    }

    void write(int more) throws Exception {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            calls.add(console.begin("run", "INSERT INTO " + table + " VALUES (" + ++written + ")"));
        }
        for (String call : calls) {
            assertThat(console.answer(call)).containsExactly("count 1");
        }
    }

    /** Each write was decided and ended, in the order in which they were made and once. */
    void expectStoredOnce() {
        Awaitility.await("what " + table + " was told")
                .atMost(Plane.LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    List<JsonNode> decided = stored("DECISION");
                    assertThat(decided.stream()
                                    .map(event -> event.path("values").asText()))
                            .isEqualTo(IntStream.rangeClosed(1, written)
                                    .mapToObj(String::valueOf)
                                    .toList());
                    assertThat(calls(stored("RESULT"))).isEqualTo(calls(decided));
                });
    }

    int storedSoFar() throws Exception {
        return stored("DECISION").size();
    }

    /** Oldest first. */
    private List<JsonNode> stored(String type) throws Exception {
        List<JsonNode> events = plane.events().stream()
                .filter(Plane.event(type, "insert", table))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(events);
        return events;
    }

    private static List<String> calls(List<JsonNode> events) {
        return events.stream().map(event -> event.path("call").asText()).toList();
    }

    /** All recordings of a spool directory verify, and so do all that the control plane has, which has all of these to their ends. */
    static void expectIntact(Plane plane, Path spool) throws Exception {
        List<String> lines = verified(spool);
        Awaitility.await("recordings to their ends")
                .atMost(Plane.LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    List<JsonNode> recordings = expectStoreIntact(plane);
                    for (String line : lines) {
                        Matcher intact = VERIFIED.matcher(line);
                        assertThat(intact.matches()).as(line).isTrue();
                        assertThat(recordings)
                                .filteredOn(
                                        one -> one.path("recording").asText().equals(intact.group(1)))
                                .singleElement()
                                .satisfies(one -> assertThat(one.path("last").asLong())
                                        .isGreaterThanOrEqualTo(Long.parseLong(intact.group(2))));
                    }
                });
    }

    /** @return what the control plane finds when it verifies what it has of all workloads */
    static List<JsonNode> expectStoreIntact(Plane plane) throws Exception {
        List<JsonNode> recordings = new ArrayList<>();
        for (JsonNode workload : plane.admin().get("/api/v1/workloads")) {
            plane.admin()
                    .get("/api/v1/workloads/" + workload.path("id").asText() + "/recordings")
                    .forEach(recordings::add);
        }
        assertThat(recordings).isNotEmpty().allSatisfy(recording -> {
            assertThat(recording.path("problem").asText("")).isIn("", "null");
            assertThat(recording.path("first").asLong()).isOne();
            assertThat(recording.path("events").asLong())
                    .as("numbers without a gap, and each once")
                    .isEqualTo(recording.path("last").asLong());
        });
        return recordings;
    }

    private static List<String> verified(Path spool) throws Exception {
        try (ChildJvm verify = ChildJvm.builder()
                .run("-jar", Jars.agent().toString(), "verify", spool.toString())
                .start()) {
            assertThat(verify.exitCode(Plane.LIMIT)).as(verify.output()).isZero();
            return verify.lines();
        }
    }

    static Stream<String> alarms(Plane plane) throws Exception {
        return plane.events().stream()
                .filter(event -> event.path("type").asText().equals("ALARM"))
                .map(event -> event.path("error").asText());
    }

    void kill() throws InterruptedException {
        console.jvm().kill();
    }

    /** In peace: what it recorded is sent first. */
    void end() throws InterruptedException {
        console.jvm().terminate();
        console.jvm().exitCode(Plane.LIMIT);
    }

    @Override
    public void close() throws InterruptedException {
        console.close();
    }
}
