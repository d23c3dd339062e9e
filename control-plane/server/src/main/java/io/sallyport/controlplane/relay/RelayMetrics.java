package io.sallyport.controlplane.relay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a relay has done so far. Thread-safe. */
public final class RelayMetrics {

    final AtomicInteger open = new AtomicInteger();
    final LongAdder admitted = new LongAdder();
    final LongAdder overLimit = new LongAdder();
    final LongAdder strangersOverLimit = new LongAdder();
    final LongAdder notAdmitted = new LongAdder();
    final LongAdder targetAway = new LongAdder();
    final LongAdder toTarget = new LongAdder();
    final LongAdder fromTarget = new LongAdder();

    /** Connections open now, those in their handshake included. */
    public int open() {
        return open.get();
    }

    /** Callers that had no certificate of the authority, or spoke no TLS 1.3. */
    public long notAdmitted() {
        return notAdmitted.sum();
    }

    /** The text format of Prometheus, version 0.0.4. */
    public String text() {
        return gauge("sallyport_relay_connections_open", "Connections open now.", open.get())
                + counter("sallyport_relay_connections_admitted_total", "Callers that were let through.", admitted)
                + head("sallyport_relay_connections_refused_total", "counter", "Callers that were not.")
                + refused("over_limit", overLimit)
                + refused("handshakes_over_limit", strangersOverLimit)
                + refused("not_admitted", notAdmitted)
                + refused("target_away", targetAway)
                + head("sallyport_relay_bytes_total", "counter", "Bytes carried, without TLS.")
                + "sallyport_relay_bytes_total{to=\"target\"} " + toTarget.sum() + "\n"
                + "sallyport_relay_bytes_total{to=\"caller\"} " + fromTarget.sum() + "\n";
    }

    private static String refused(String reason, LongAdder count) {
        return "sallyport_relay_connections_refused_total{reason=\"" + reason + "\"} " + count.sum() + "\n";
    }

    private static String counter(String name, String help, LongAdder value) {
        return head(name, "counter", help) + name + " " + value.sum() + "\n";
    }

    private static String gauge(String name, String help, long value) {
        return head(name, "gauge", help) + name + " " + value + "\n";
    }

    private static String head(String name, String type, String help) {
        return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    }
}
