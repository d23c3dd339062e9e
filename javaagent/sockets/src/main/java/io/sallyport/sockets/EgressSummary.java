package io.sallyport.sockets;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line per target into the debug log when the JVM ends. */
final class EgressSummary extends Thread {

    private static final Logger LOG = LoggerFactory.getLogger(EgressSummary.class);

    private final EgressCoverage egress;

    private EgressSummary(EgressCoverage egress) {
        super(null, null, "sallyport-egress-summary", 0, false);
        setContextClassLoader(null);
        this.egress = egress;
    }

    static void atShutdown(EgressCoverage egress) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        try {
            Runtime.getRuntime().addShutdownHook(new EgressSummary(egress));
        } catch (IllegalStateException e) {
            LOG.debug("the first connection of this JVM was opened while it ended; there is no summary");
        }
    }

    @Override
    public void run() {
        for (String line : egress.summary()) {
            LOG.debug("{}", line);
        }
    }
}
