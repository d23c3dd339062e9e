package io.sallyport.controlplane.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no whole head of a request arrives in time: Jetty's idle time begins anew with each byte, so that a byte now and then would hold one for
 * ever. The time runs from the accept, and later from the first byte behind an answer; a connection that is silent between requests is the idle time's.
 */
final class HeadDeadline extends Handler.Wrapper implements Connection.Listener {

    /** With the handshake. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final long SWEEP_SECONDS = 1;

    private final Map<Connection, State> open = new ConcurrentHashMap<>();
    private final Clock clock;

    HeadDeadline(Clock clock) {
        this.clock = clock;
    }

    private static final class State {

        /** Requests that are being answered. */
        private int active;

        /** What had been read when the last answer was complete; less than nothing before the first. */
        private long read = -1;

        /** When a head was first seen to have begun, in milliseconds; 0 where none has. */
        private long begun;

        synchronized void begins() {
            active++;
            begun = 0;
        }

        synchronized void ends(long bytes) {
            active--;
            read = bytes;
        }

        synchronized boolean isLate(long bytes, long now) {
            if (active > 0 || bytes <= read) {
                return false;
            }
            begun = begun == 0 ? now : begun;
            return now - begun > LONGEST.toMillis();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sweepLater(getServer().getScheduler());
    }

    private void sweepLater(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    sweep();
                    if (isRunning()) {
                        sweepLater(scheduler);
                    }
                },
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    private void sweep() {
        long now = clock.millis();
        open.forEach((connection, state) -> {
            if (state.isLate(connection.getBytesIn(), now)) {
                connection.getEndPoint().close();
            }
        });
    }

    @Override
    public void onOpened(Connection connection) {
        // Neither that of TLS below nor a channel of an agent.
        if (connection instanceof ConnectionMetaData) {
            open.put(connection, new State());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        State state = open.get(connection);
        if (state != null) {
            state.begins();
            Request.addCompletionListener(request, failure -> state.ends(connection.getBytesIn()));
        }
        return super.handle(request, response, callback);
    }
}
