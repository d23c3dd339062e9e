package io.sallyport.http;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
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

    private SeenTls() {}

    /** @param negotiated {@code TLSv1.3 TLS_AES_256_GCM_SHA384} */
    public static void remember(Target target, String negotiated) {
        Endpoint place = target.endpoints().get(0);
        if (!negotiated.equals(SEEN.get(place))) {
            if (SEEN.size() >= MOST) {
                SEEN.clear();
            }
            SEEN.put(place, negotiated);
        }
    }

    /** {@code plaintext} for requests that nothing protects; {@code null} where no handshake was seen. */
    public static @Nullable String of(Target target) {
        return switch (target.vendor()) {
            case "http", "ws" -> "plaintext";
            default -> SEEN.get(target.endpoints().get(0));
        };
    }
}
