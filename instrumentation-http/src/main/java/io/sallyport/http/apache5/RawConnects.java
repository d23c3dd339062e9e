package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.net.NamedEndpoint;
import org.jspecify.annotations.Nullable;

/** Connections that an application asks a client for by itself. */
final class RawConnects {

    private RawConnects() {}

    /** The future to answer with; {@code null} where the policy observes. */
    static @Nullable Object refused(@Nullable Object endpoint, @Nullable Object callback) {
        String place =
                endpoint instanceof NamedEndpoint named ? named.getHostName() + ":" + named.getPort() : "unknown";
        try {
            HttpGate.current()
                    .refuse(
                            new OutgoingRequest("CONNECT", URI.create("http://" + place + "/"), Map.of()),
                            "raw-connection",
                            "this asks an HTTP client for a bare connection, on which no request can be mediated");
            return null;
        } catch (RefusedException no) {
            IOException why = HttpRefusals.ofSockets(no.refusal());
            if (callback instanceof FutureCallback<?> told) {
                told.failed(why);
            }
            return CompletableFuture.failedFuture(why);
        }
    }
}
