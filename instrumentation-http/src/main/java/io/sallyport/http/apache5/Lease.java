package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a minimal client that its caller waits for, to send requests of his own over it. The client completes this with the
 * connection, and the caller gets one over which each exchange is decided.
 */
final class Lease implements FutureCallback<AsyncClientEndpoint> {

    private final HttpHost host;
    private final ComplexFuture<AsyncClientEndpoint> governed;

    private Lease(HttpHost host, @Nullable FutureCallback<AsyncClientEndpoint> caller) {
        this.host = host;
        this.governed = new ComplexFuture<>(caller);
    }

    /** @return the failed future of a lease that TLS policy refuses, or {@code null}: go on; and the callback to use */
    @SuppressWarnings("unchecked")
    static Object[] enter(@Nullable Object host, @Nullable Object callback) {
        if (host == null) {
            // The client's own complaint.
            return new Object[] {null, callback};
        }
        Lease lease = new Lease((HttpHost) host, (FutureCallback<AsyncClientEndpoint>) callback);
        try {
            HttpGate.current().connecting(ApacheRequest.of(new BasicHttpRequest("GET", "/"), lease.host));
            return new Object[] {null, lease};
        } catch (RefusedException no) {
            lease.failed(HttpRefusals.ofSockets(no.refusal()));
            return new Object[] {lease.governed, lease};
        }
    }

    /** @return the future that the caller gets */
    static @Nullable Object exit(Object[] entered, @Nullable Object returned) {
        if (entered[0] == null && entered[1] instanceof Lease lease && returned instanceof Future<?> leased) {
            lease.governed.setDependency(leased);
            return lease.governed;
        }
        return entered[0] == null ? returned : entered[0];
    }

    @Override
    public void completed(AsyncClientEndpoint endpoint) {
        governed.completed(new GovernedEndpoint(endpoint, host));
    }

    @Override
    public void failed(Exception failure) {
        governed.failed(failure);
    }

    @Override
    public void cancelled() {
        governed.cancel(true);
    }
}
