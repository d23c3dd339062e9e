package io.sallyport.http.okhttp;

import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.TestClient;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The contract, for one version of OkHttp. */
abstract class OkHttpContract extends AsyncHttpClientContract {

    private final TestClient client;

    OkHttpContract(TestClient client) {
        this.client = client;
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return client.call(request, null);
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
    protected Answer call(Request request, Duration limit) throws Exception {
        return client.call(request, limit);
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return client.start(request);
    }

    @Override
    protected Class<? extends Throwable> refusal() {
        return ProtocolException.class;
    }

    @Override
    protected Set<String> sentAgain() {
        return Set.of("GET", "POST");
    }

    @Override
    protected Set<Integer> sentAgainAfter() {
        return Set.of(408, 503);
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        return client.callWithCredentials(USER, PASSWORD, request);
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
    protected Class<? extends Throwable> timeout() {
        return InterruptedIOException.class;
    }

    /** It asks for gzip by itself, and takes the body apart in that case alone. */
    @Override
    protected boolean decodes() {
        return true;
    }
}
