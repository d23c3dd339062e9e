package io.sallyport.controlplane.store;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * How long the database may say nothing before a connection counts as lost. One may die without a word, in a proxy, a firewall or a host that
 * is gone, and who waits for it would wait for ever.
 */
enum Silence {

    /** For whoever asks again and again, and hears of nothing new while they wait. */
    OF_A_GLANCE(Duration.ofSeconds(5)),

    /** For what people and agents wait for. */
    USUAL(Duration.ofSeconds(60)),

    /** For single statements that go through all that is stored. */
    OF_A_SWEEP(Duration.ofHours(1));

    private final Duration longest;

    Silence(Duration longest) {
        this.longest = longest;
    }

    Duration longest() {
        return longest;
    }

    /** Until the connection goes back to the pool, which sets the usual one again. The embedded store has no such limit. */
    void allow(Handle handle) {
        try {
            handle.getConnection().setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
