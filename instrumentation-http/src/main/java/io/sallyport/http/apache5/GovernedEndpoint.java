package io.sallyport.http.apache5;

import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A leased connection. Each exchange over it is decided by what it sends, at the host that the connection leads to. */
final class GovernedEndpoint extends AsyncClientEndpoint {

    private final AsyncClientEndpoint endpoint;
    private final HttpHost host;

    GovernedEndpoint(AsyncClientEndpoint endpoint, HttpHost host) {
        this.endpoint = endpoint;
        this.host = host;
    }

    @Override
    public void execute(
            AsyncClientExchangeHandler handler,
            @Nullable HandlerFactory<AsyncPushConsumer> pushHandlers,
            @Nullable HttpContext context) {
        endpoint.execute(new MinimalExchange(handler, null, host), pushHandlers, context);
    }

    @Override
    public void releaseAndReuse() {
        endpoint.releaseAndReuse();
    }

    @Override
    public void releaseAndDiscard() {
        endpoint.releaseAndDiscard();
    }

    @Override
    public boolean isConnected() {
        return endpoint.isConnected();
    }
}
