package io.sallyport.link;

import io.sallyport.link.channel.Outbound;
import io.sallyport.protocol.AgentMessage.CoverageReport;
import org.jspecify.annotations.Nullable;

/** The latest coverage report: sent on every connect and on every change. Thread-safe, never blocks. */
final class CoverageDesk {

    private @Nullable CoverageReport latest;
    private @Nullable Outbound channel;

    synchronized void report(CoverageReport report) {
        if (!report.equals(latest)) {
            latest = report;
            send();
        }
    }

    synchronized void connected(Outbound outbound) {
        channel = outbound;
        send();
    }

    synchronized void disconnected() {
        channel = null;
    }

    private void send() {
        if (channel != null && latest != null) {
            channel.send(latest);
        }
    }
}
