package io.sallyport.http.tls;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;

/**
 * Engines whose handshake the policy refused. An engine says so once, to whoever asks it first, and is then a closed one: a client that reads and
 * writes at once would take that for the end of a connection. Thread-safe.
 */
final class RefusedEngines {

    /** Engines compare by identity; the refusal in words. */
    private static final Map<SSLEngine, String> REFUSED = Collections.synchronizedMap(new WeakHashMap<>());

    private RefusedEngines() {}

    static void add(SSLEngine engine, String refusal) {
        REFUSED.put(engine, refusal);
    }

    /** Nothing more is to be read from an engine: says why, if the policy is what ended it. */
    static void ended(SSLEngine engine) throws SSLHandshakeException {
        String refusal = REFUSED.get(engine);
        if (refusal != null) {
            throw new SSLHandshakeException(refusal);
        }
    }
}
