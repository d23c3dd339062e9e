package io.sallyport.benchmarks.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * {@code SearchLoad URL CA_FILE TOKEN_FILE ROUNDS}: asks a control plane that {@link EventFill} has filled, one question after the other, each kind so many
 * times and never twice for the same, and prints how long the answers took: whole HTTPS requests on a connection that stays open.
 */
public final class SearchLoad {

    private static final int PAGE = 100;

    private final Plane plane;
    private final long newest;

    private SearchLoad(Plane plane) throws Exception {
        this.plane = plane;
        this.newest = page("").path(0).path("id").asLong();
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("URL CA_FILE TOKEN_FILE ROUNDS");
        }
        run(new Plane(arguments[0], Path.of(arguments[1]), Path.of(arguments[2])), Integer.parseInt(arguments[3]));
        System.exit(0);
    }

    static void run(Plane plane, int rounds) throws Exception {
        SearchLoad load = new SearchLoad(plane);
        System.out.println("| asked for | found | first | p50 | p99 | max |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        for (Map.Entry<String, IntFunction<String>> kind : load.kinds().entrySet()) {
            load.measure(kind.getKey(), kind.getValue(), rounds);
        }
    }

    /** Queries by the number of the round. */
    private Map<String, IntFunction<String>> kinds() {
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("newest page", i -> "");
        kinds.put("page before event 1,000", i -> "before=" + (1000 - i));
        kinds.put("a workload", i -> "workload=service-" + i);
        kinds.put("a target", i -> "target=" + EventMix.database(i));
        kinds.put("a verdict", i -> "verdict=deny&before=" + (newest - i));
        kinds.put("a word of one statement", i -> "q=" + EventMix.word(statement(i)));
        kinds.put("a word of one table", i -> "q=" + EventMix.table(statement(i)));
        kinds.put("a word of one place in the code", i -> "q=" + EventMix.place(statement(i)));
        kinds.put("the refusals of one statement", i -> "verdict=deny&q=" + EventMix.word(statement(i)));
        kinds.put("a word in 3 % of the events, the oldest", i -> "q=" + EventMix.OLD + "&before=" + (newest - i));
        kinds.put("a word that nobody ever wrote", i -> "q=nobody-wrote-" + i);
        kinds.put("the same, from the middle", i -> "q=nobody-wrote-" + i + "&before=" + newest / 2);
        for (String member : List.of("trace", "call", "user")) {
            kinds.put(
                    "a " + member, i -> "q=" + encoded(somewhere(i).path(member).asText()));
        }
        return kinds;
    }

    private static int statement(int round) {
        return round * 37 % EventMix.STATEMENTS;
    }

    /** An event that is stored, from another place each round. */
    private JsonNode somewhere(int round) {
        try {
            return page("limit=1&before=" + (newest - newest / 100 * (round % 97)))
                    .path(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void measure(String kind, IntFunction<String> query, int rounds) throws Exception {
        List<Long> micros = new ArrayList<>();
        int found = 0;
        for (int round = 1; round <= rounds; round++) {
            String asked = query.apply(round);
            long began = System.nanoTime();
            found = Math.max(found, page(asked).size());
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        }
        long first = micros.get(0);
        micros.sort(null);
        System.out.println("| " + kind + " | " + found + " | " + millis(first) + " | " + millis(micros.get(rounds / 2))
                + " | "
                + millis(micros.get(Math.min(rounds - 1, rounds * 99 / 100))) + " | " + millis(micros.get(rounds - 1))
                + " |");
    }

    private static String millis(long micros) {
        return (micros + 500) / 1000 + " ms";
    }

    private JsonNode page(String query) throws Exception {
        String limit = query.startsWith("limit=") ? "" : "limit=" + PAGE + "&";
        return plane.get("/api/v1/events?" + limit + query).path("events");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
