package io.sallyport.controlplane.web;

import io.sallyport.controlplane.agents.Line;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Sends frames on a Jetty WebSocket one after the other. Nobody waits for the agent to read; one that lets too much pile up is
 * disconnected. Thread-safe.
 */
final class SocketLine implements Line {

    private static final int MOST_QUEUED = 2000;

    private final Session session;
    private final Queue<String> queue = new ArrayDeque<>();
    private boolean sending;
    private boolean closing;

    SocketLine(Session session) {
        this.session = session;
    }

    @Override
    public void send(ServerMessage message) {
        String text = Wire.write(message);
        synchronized (queue) {
            if (closing) {
                return;
            }
            if (queue.size() >= MOST_QUEUED) {
                session.disconnect();
                return;
            }
            queue.add(text);
            if (sending) {
                return;
            }
            sending = true;
        }
        next();
    }

    private void next() {
        String text;
        synchronized (queue) {
            text = queue.poll();
            if (text == null) {
                sending = false;
                return;
            }
        }
        session.sendText(text, Callback.from(this::next, failure -> fail()));
    }

    /** A frame that came too late for the end of the channel must not keep the agent from hearing why it ends. */
    private void fail() {
        synchronized (queue) {
            if (closing) {
                return;
            }
        }
        session.disconnect();
    }

    @Override
    public void close(int code, String reason) {
        synchronized (queue) {
            closing = true;
        }
        session.close(code, reason, Callback.NOOP);
    }
}
