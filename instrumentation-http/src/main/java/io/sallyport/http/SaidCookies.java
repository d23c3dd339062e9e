package io.sallyport.http;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler of cookies says for the requests of a call. It is asked once for each, as without the agent: by who is first, which is the agent
 * for requests that are decided before their client works on them, and the client where it repeats one. So what is sent is what was decided.
 * Thread-safe; the application's handler is asked on the thread that needs it.
 */
public final class SaidCookies {

    private final CookieHandler handler;
    private @Nullable Map<String, List<String>> said;
    private boolean taken;

    public SaidCookies(CookieHandler handler) {
        this.handler = handler;
    }

    /** The call goes on to another request, for which other cookies may be there. */
    public synchronized void next() {
        said = null;
        taken = false;
    }

    /** @param fields of the application, as it named them */
    public synchronized Map<String, List<String>> decided(URI uri, Map<String, List<String>> fields)
            throws IOException {
        Map<String, List<String>> known = said;
        return known == null ? ask(uri, fields) : known;
    }

    private synchronized Map<String, List<String>> sent(URI uri, Map<String, List<String>> fields) throws IOException {
        Map<String, List<String>> known = taken ? null : said;
        taken = true;
        return known == null ? ask(uri, fields) : known;
    }

    private Map<String, List<String>> ask(URI uri, Map<String, List<String>> fields) throws IOException {
        Map<String, List<String>> now = handler.get(uri, fields);
        said = now;
        return now;
    }

    /** What the client asks in place of the application's handler, for the request that it is about to send. */
    public CookieHandler asClient() {
        return new Asked(handler, this);
    }

    /** The application's own, where {@code asked} is of {@link #asClient}. */
    public static @Nullable CookieHandler applications(@Nullable CookieHandler asked) {
        return asked instanceof Asked ours ? ours.handler : asked;
    }

    private static final class Asked extends CookieHandler {

        private final CookieHandler handler;
        private final SaidCookies cookies;

        Asked(CookieHandler handler, SaidCookies cookies) {
            this.handler = handler;
            this.cookies = cookies;
        }

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> fields) throws IOException {
            return cookies.sent(uri, fields);
        }

        @Override
        public void put(URI uri, Map<String, List<String>> fields) throws IOException {
            handler.put(uri, fields);
        }
    }
}
