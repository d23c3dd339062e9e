package io.sallyport.controlplane.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.store.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encryption in transit over the fleet: what the connections of each workload to each target showed when they were opened, and which of them
 * an enforced policy refuses, with what to do about it. Thread-safe.
 */
public final class TlsReport {

    /** Connections that are looked at, the newest. */
    private static final int MOST = 5_000;

    /** What is known of the TLS of a connection that was refused for what its driver was told, before it was opened. */
    private static final String UNOPENED = "not opened";

    private static final String FOR_TLS = "[\"tls\"]";

    private final EventQuery events;

    public TlsReport(EventQuery events) {
        this.events = events;
    }

    /** How a connection was judged, the worst first. */
    public enum Outcome {
        /** It was not made. */
        REFUSED,
        /** It was made, since the policy observes, and is not what it demands. */
        WOULD_REFUSE,
        /** It needs no TLS because the policy says so. */
        EXEMPT,
        /** It is what the policy demands, or the policy demands nothing. */
        FINE
    }

    /**
     * Connections of one workload to one target that were judged alike.
     *
     * @param tls protocol and cipher, {@code plaintext}, or {@code not opened}
     * @param fix what is wrong and how to mend it in the words of the driver's manual; or the exemption; {@code null} where nothing is
     * @param callSite where the last one was opened, where that is known
     * @param count how many of them were among those that were looked at
     * @param at when the last one was opened
     */
    public record Line(
            String workload,
            String target,
            String tls,
            Outcome outcome,
            @Nullable String fix,
            @Nullable String callSite,
            long count,
            String at) {

        private Line again() {
            return new Line(workload, target, tls, outcome, fix, callSite, count + 1, at);
        }
    }

    private record Alike(
            String workload,
            String target,
            String tls,
            Outcome outcome,
            @Nullable String fix) {}

    /** The worst first, of equal ones the newest. */
    public List<Line> lines(Scope scope) {
        Map<Alike, Line> lines = new LinkedHashMap<>();
        for (ObjectNode event : connections(scope)) {
            Line line = line(event, Objects.requireNonNullElse(text(event, "tls"), UNOPENED));
            lines.merge(
                    new Alike(line.workload(), line.target(), line.tls(), line.outcome(), line.fix()),
                    line,
                    (newest, older) -> newest.again());
        }
        List<Line> sorted = new ArrayList<>(lines.values());
        sorted.sort(Comparator.comparing(Line::outcome));
        return sorted;
    }

    /** Those that were opened, or judged when they were, and those that were refused before; the newest first. */
    private List<ObjectNode> connections(Scope scope) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode event : find("OPEN", null, scope)) {
            if (text(event, "tls") != null) {
                found.add(event);
            }
        }
        for (ObjectNode event : find("DECISION", "deny", scope)) {
            if (event.path("rules").toString().equals(FOR_TLS)) {
                found.add(event);
            }
        }
        found.sort(
                Comparator.comparingLong((ObjectNode event) -> event.path("id").asLong())
                        .reversed());
        return found;
    }

    private List<ObjectNode> find(String type, @Nullable String verdict, Scope scope) {
        return events.find(new EventQuery.Filter(null, MOST, null, type, verdict, null, null, null), scope)
                .events();
    }

    private static Line line(ObjectNode event, String tls) {
        String reason = text(event, "reason");
        Outcome outcome = "deny".equals(text(event, "verdict"))
                ? Outcome.REFUSED
                : "deny".equals(text(event, "wouldHave"))
                        ? Outcome.WOULD_REFUSE
                        : reason != null ? Outcome.EXEMPT : Outcome.FINE;
        return new Line(
                event.path("workload").path("name").asText(),
                event.path("target").asText(),
                tls,
                outcome,
                reason,
                text(event, "callSite"),
                1,
                event.path("at").asText());
    }

    private static @Nullable String text(ObjectNode event, String name) {
        String text = event.path(name).asText("");
        return text.isEmpty() || text.equals("null") ? null : text;
    }
}
