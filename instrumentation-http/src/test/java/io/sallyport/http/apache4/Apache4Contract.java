package io.sallyport.http.apache4;

import io.sallyport.http.contract.HttpClientContract;
import io.sallyport.http.contract.TestClient;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;

/** Apache HttpClient 4, in any version. */
abstract class Apache4Contract extends HttpClientContract {

    private final TestClient client;

    Apache4Contract(TestClient client) {
        this.client = client;
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return client.call(request, null);
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
    protected Set<String> sentAgain() {
        return Set.of("GET");
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
        return SocketTimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }
}
