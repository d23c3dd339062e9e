package io.sallyport.jdbc.state;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open answers of one connection, so that none is left unrecorded when the connection is closed before its statements. Holds few: of
 * an application that never closes what it has read, the oldest is taken as read. Thread-safe.
 */
public final class OpenAnswers {

    private static final int MOST = 64;

    private final Deque<OpenAnswer> open = new ArrayDeque<>();

    public void add(OpenAnswer answer) {
        OpenAnswer oldest;
        synchronized (open) {
            open.add(answer);
            oldest = open.size() > MOST ? open.poll() : null;
        }
        if (oldest != null) {
            oldest.end();
        }
    }

    public void remove(OpenAnswer answer) {
        synchronized (open) {
            open.remove(answer);
        }
    }

    /** The connection is closed. */
    public void end() {
        while (true) {
            OpenAnswer next;
            synchronized (open) {
                next = open.poll();
            }
            if (next == null) {
                return;
            }
            next.end();
        }
    }
}
