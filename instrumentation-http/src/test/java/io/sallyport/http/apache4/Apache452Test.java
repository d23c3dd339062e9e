package io.sallyport.http.apache4;

import io.sallyport.http.contract.HttpClientContract;
import io.sallyport.http.contract.OtherVersion;
import io.sallyport.http.contract.TestClient;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Before HttpCore 4.4.13, whose {@code Header} is no {@code NameValuePair}. */
class Apache452Test extends HttpClientContract {

    private final TestClient client = OtherVersion.of("httpclient-4.5.2", Apache4TestClient.class);

    @Override
    protected Answer call(Request request) throws Exception {
        return client.call(request, null);
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        return client.call(request, limit);
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
