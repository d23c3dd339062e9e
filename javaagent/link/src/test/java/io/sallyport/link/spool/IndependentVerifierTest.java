package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.record.Event;
import io.sallyport.link.testing.Samples;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/recording-example/VerifyRecording.java} shares no code with the product and was written from the page alone: what it reads and
 * refuses is what the page says.
 */
class IndependentVerifierTest {

    @TempDir
    static Path directory;

    private static Path example;
    private static Method verify;

    @BeforeAll
    static void compile() throws Exception {
        example = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(example.resolve("docs/recording-example"))) {
            example = example.getParent();
        }
        example = example.resolve("docs/recording-example");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        example.resolve("VerifyRecording.java").toString());
        assertThat(failed).isZero();
        ClassLoader alone =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        verify = alone.loadClass("VerifyRecording").getMethod("verify", Path.class, Path.class);
    }

    @SuppressWarnings("unchecked")
    private static List<String> verified(Path recording, Path key) throws Exception {
        try {
            return (List<String>) verify.invoke(null, recording, key);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static Path recording() throws IOException {
        try (Stream<Path> files = Files.list(example)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @Test
    void theExampleVerifiesAndHoldsTheEventsBesideIt() throws Exception {
        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(example.resolve("events.jsonl"))) {
            JsonNode numbered = Wire.json().readTree(line);
            told.add(numbered.path("sequence").asLong() + " " + members(numbered.path("event")));
        }
        assertThat(verified(recording(), example.resolve("recording.key"))).isEqualTo(told);
    }

    @Test
    void everyMemberOfAnEventIsInTheExample() throws Exception {
        Set<String> named = new HashSet<>();
        for (String line : Files.readAllLines(example.resolve("events.jsonl"))) {
            named.addAll(members(Wire.json().readTree(line).path("event")).keySet());
        }
        assertThat(named)
                .containsAll(Stream.of(Event.class.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getName)
                        .toList());
    }

    /** What an event says, in the order of the format. */
    private static Map<String, Object> members(JsonNode event) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : List.of(
                "type",
                "at",
                "call",
                "session",
                "target",
                "summary",
                "detail",
                "thread",
                "verdict",
                "rules",
                "wouldHave",
                "rows",
                "masked",
                "callSite",
                "ticket",
                "persons",
                "reason",
                "micros",
                "tls",
                "error",
                "values",
                "transaction",
                "trace",
                "user",
                "bytes",
                "cells",
                "sample")) {
            JsonNode value = event.path(name);
            boolean unknown = value.isArray() && value.isEmpty()
                    || (name.equals("rows") || name.equals("micros")) && value.asLong() == -1;
            if (!value.isNull() && !unknown) {
                members.put(name, Wire.json().convertValue(value, Object.class));
            }
        }
        return members;
    }

    @Test
    void theHashesOnThePageAreThoseOfTheExample() throws Exception {
        String page = Files.readString(example.resolveSibling("recording.md"));
        assertThat(verified(recording(), null))
                .hasSize(3)
                .allSatisfy(line -> assertThat(page.replaceAll(" +", " ")).contains(line));
    }

    @Test
    void whatTheProductRecordsTodayVerifiesToo() throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        Path keyFile = directory.resolve("recording.key");
        Spool spool = Spool.create(place, new SpoolBudget(1 << 20), RecordingKey.at(keyFile));
        for (int i = 1; i <= 40; i++) {
            assertThat(spool.append(Samples.random(i))).isTrue();
            if (i % 7 == 0) {
                spool.seal();
            }
        }
        spool.close();
        assertThat(verified(spool.path(), keyFile)).hasSize(40);
    }

    @Test
    void oneFlippedBitAnywhereAndACutEndAreFoundByBothVerifiers() throws Exception {
        Path copy = Files.createDirectories(
                directory.resolve("altered").resolve(recording().getFileName()));
        Files.copy(recording().resolve("public-key"), copy.resolve("public-key"));
        byte[] whole = Files.readAllBytes(recording().resolve("0000000000000001.blocks"));
        Path segment = copy.resolve("0000000000000001.blocks");
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 1 << at % 8;
            Files.write(segment, altered);
            assertThatThrownBy(() -> verified(copy, null)).as("byte " + at).isInstanceOf(Exception.class);
            assertThat(SpoolVerifier.verify(copy.getParent()).intact())
                    .as("byte " + at)
                    .isFalse();
        }
        for (int kept = 0; kept < whole.length; kept += 11) {
            Files.write(segment, java.util.Arrays.copyOf(whole, kept));
            assertThatThrownBy(() -> verified(copy, null))
                    .as(kept + " bytes")
                    .isInstanceOf(IllegalStateException.class);
            assertThat(SpoolVerifier.verify(copy.getParent()).intact())
                    .as(kept + " bytes")
                    .isFalse();
        }
    }
}
