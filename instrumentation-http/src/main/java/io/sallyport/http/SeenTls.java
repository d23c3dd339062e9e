package io.sallyport.http;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.TlsFacts;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last handshake with each host and port came to, for the record. Which connection of a pool carried a call, its client does not
 * say; all of them are made by the same client with the same server. Thread-safe.
 */
public final class SeenTls {

    /** Then it begins anew: a crawler must not fill the heap. */
    private static final int MOST = 4096;

    private static final ConcurrentHashMap<Endpoint, String> SEEN = new ConcurrentHashMap<>();

    /** Of services without TLS that are reached through a relay. */
    private static final ConcurrentHashMap<Endpoint, String> RELAYED = new ConcurrentHashMap<>();

    private SeenTls() {}

    /** @param facts of the connection that carries a plain-text request; {@code null} where it leads to no relay */
    static void rememberRelay(Target target, @Nullable TlsFacts facts) {
        if (facts != null) {
            RELAYED.put(target.endpoints().get(0), facts.describe());
        } else if (!RELAYED.isEmpty()) {
            RELAYED.remove(target.endpoints().get(0));
        }
    }

    /** @param negotiated see {@link TlsFacts#describe} */
    public static void remember(Target target, String negotiated) {
        Endpoint place = target.endpoints().get(0);
        if (!negotiated.equals(SEEN.get(place))) {
            if (SEEN.size() >= MOST) {
                SEEN.clear();
            }
            SEEN.put(place, negotiated);
        }
    }

    /** {@code plaintext} for requests that nothing protects, the TLS of the relay that carries them; {@code null} where no handshake was seen. */
    public static @Nullable String of(Target target) {
        return switch (target.vendor()) {
            case "http", "ws" -> RELAYED.getOrDefault(target.endpoints().get(0), "plaintext");
            default -> SEEN.get(target.endpoints().get(0));
        };
    }
}
