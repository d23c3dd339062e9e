package io.sallyport.core.verdict;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.record.CallIds;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions of HTTP, which has no connection that a caller would know of: one for each service (host and port), from the first request until none was sent
 * or under way for the idle limit. Thread-safe.
 *
 * <p>A call asks no clock: it marks its session as used, where it is not marked already. {@link #pass} is told four times within the limit that time has
 * passed, and closes what was unused all that time, and at most a quarter longer. A call that is under way, waits for people too, keeps its session: what is
 * recorded of it stands before the close. One that its client has given up without a word does so until it is collected.
 */
final class ServiceSessions {

    static final int PASSES = 4;

    /** Of further services, each request is a session: a crawler must not fill the heap. */
    static final int MOST = 10_000;

    /** What follows for others. */
    interface Listener {

        /** The first session is opened; {@link #pass} has to be called from now on. */
        void begun();

        /** @param service URL without a path */
        void closed(String service, String session);
    }

    private final CallIds ids;
    private final Listener listener;
    private final ConcurrentMap<List<Endpoint>, Session> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Session> named = new ConcurrentHashMap<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    ServiceSessions(CallIds ids, Listener listener) {
        this.ids = ids;
        this.listener = listener;
    }

    /** The session of a request that is about to be decided. */
    String of(Target service) {
        List<Endpoint> place = service.endpoints();
        while (true) {
            Session known = open.get(place);
            if (known == null) {
                if (open.size() >= MOST) {
                    return name();
                }
                Session fresh = new Session(name(), url(service));
                known = open.putIfAbsent(place, fresh);
                if (known == null) {
                    named.put(fresh.name, fresh);
                    begin();
                    return fresh.name;
                }
            }
            if (known.use()) {
                return known.name;
            }
            // It is closed at this moment.
            open.remove(place, known);
        }
    }

    /** A call is under way from now on. */
    void begins(String session, Object call) {
        Session known = named.get(session);
        if (known != null) {
            known.underWay.add(call);
        }
    }

    /** It has ended, and that is recorded; or nothing of it is any more. */
    void ends(String session, Object call) {
        Session known = named.get(session);
        if (known != null) {
            known.underWay.remove(call);
        }
    }

    private void begin() {
        if (!begun.get() && begun.compareAndSet(false, true)) {
            listener.begun();
        }
    }

    /** A quarter of the limit has passed. */
    void pass() {
        open.forEach((place, session) -> {
            if (!session.underWay.isEmpty()) {
                session.use();
            } else if (session.passed()) {
                open.remove(place, session);
                named.remove(session.name);
                listener.closed(session.service, session.name);
            }
        });
    }

    private String name() {
        return "http-" + ids.get();
    }

    /** A URL without its path. */
    static String url(Target service) {
        String url = service.url();
        int authority = url.indexOf("://");
        int path = authority < 0 ? -1 : url.indexOf('/', authority + 3);
        return path < 0 ? url : url.substring(0, path);
    }

    private static final class Session {

        private static final int CLOSED = -1;

        final String name;
        final String service;

        /** Calls, as long as somebody else still knows them. */
        final Set<Object> underWay = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        /** Passes that began since it was used last. */
        private final AtomicInteger unused = new AtomicInteger();

        Session(String name, String service) {
            this.name = name;
            this.service = service;
        }

        /** @return {@code false} when it is closed */
        boolean use() {
            while (true) {
                int passes = unused.get();
                if (passes == 0 || passes != CLOSED && unused.compareAndSet(passes, 0)) {
                    return true;
                }
                if (passes == CLOSED) {
                    return false;
                }
            }
        }

        /** @return whether that closes it */
        boolean passed() {
            int passes = unused.get();
            // The first one may have come right after the call.
            return unused.compareAndSet(passes, passes == PASSES ? CLOSED : passes + 1) && passes == PASSES;
        }
    }
}
