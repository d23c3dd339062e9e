package io.sallyport.http.vertx;

import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.TestClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** The contract, for one version of Vert.x. */
abstract class VertxContract extends AsyncHttpClientContract {

    private final TestClient client;

    VertxContract(TestClient client) {
        this.client = client;
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return client.call(request, null);
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        return client.call(request, limit);
    }

    @Override
    protected Answer callWithLateFields(Request request) throws Exception {
        return client.callWithLateFields(request);
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        return client.callWithStoredCookie(name, request);
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        return client.callAt(place, pathAndQuery);
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        return client.callThrough(proxy, request);
    }

    @Override
    protected void connectForeign(InetSocketAddress place) throws Exception {
        client.connectForeign(place);
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return client.start(request);
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return TimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }
}
