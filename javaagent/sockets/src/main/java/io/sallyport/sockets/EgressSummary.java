package io.sallyport.sockets;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when the JVM ends how connections were opened: a warning where some to governed targets were refused or went past the mediated
 * drivers and clients; everything in the debug log.
 */
final class EgressSummary extends Thread {

    private static final Logger LOG = LoggerFactory.getLogger(EgressSummary.class);

    private final EgressCoverage egress;

    private EgressSummary(EgressCoverage egress) {
        super(null, null, "sallyport-egress-summary", 0, false);
        setContextClassLoader(null);
        this.egress = egress;
    }

    static void atShutdown(EgressCoverage egress) {
        try {
            Runtime.getRuntime().addShutdownHook(new EgressSummary(egress));
        } catch (IllegalStateException e) {
            LOG.debug("the first connection of this JVM was opened while it ended; there is no summary");
        }
    }

    @Override
    public void run() {
        List<String> findings = egress.findings();
        if (!findings.isEmpty()) {
            LOG.warn("connections by target: {}", String.join("; ", findings));
        }
        if (LOG.isDebugEnabled()) {
            for (String line : egress.summary()) {
                LOG.debug("{}", line);
            }
        }
    }
}
