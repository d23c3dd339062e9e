package io.sallyport.http.apache4;

import io.sallyport.http.contract.HttpClientContract.Answer;
import io.sallyport.http.contract.HttpClientContract.Request;
import io.sallyport.http.contract.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.cookie.BasicClientCookie;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4 as the contract drives it. */
public final class Apache4TestClient implements TestClient {

    private final CloseableHttpClient client = HttpClients.createDefault();

    @Override
    public Answer call(Request request, Duration limit) throws Exception {
        RequestConfig.Builder config = RequestConfig.custom();
        return call(request, limit == null ? config : config.setSocketTimeout((int) limit.toMillis()));
    }

    @Override
    public Answer callAt(String place, String pathAndQuery) throws Exception {
        try (CloseableHttpClient by = HttpClients.createDefault()) {
            return answer(by.execute(HttpHost.create(place), new BasicHttpRequest("GET", pathAndQuery)));
        }
    }

    @Override
    public Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        return call(request, RequestConfig.custom().setProxy(new HttpHost(proxy.getHostString(), proxy.getPort())));
    }

    @Override
    public Answer callWithStoredCookie(String name, Request request) throws Exception {
        BasicClientCookie stored = new BasicClientCookie(name, "1");
        stored.setDomain(request.uri().getHost());
        stored.setPath("/");
        BasicCookieStore store = new BasicCookieStore();
        store.addCookie(stored);
        try (CloseableHttpClient by =
                HttpClients.custom().setDefaultCookieStore(store).build()) {
            return call(by, built(request, RequestConfig.custom()));
        }
    }

    @Override
    public Answer callWithCredentials(String user, String password, Request request) throws Exception {
        BasicCredentialsProvider known = new BasicCredentialsProvider();
        known.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials(user, password));
        try (CloseableHttpClient by =
                HttpClients.custom().setDefaultCredentialsProvider(known).build()) {
            return call(by, built(request, RequestConfig.custom()));
        }
    }

    private Answer call(Request request, RequestConfig.Builder config) throws Exception {
        return call(client, built(request, config));
    }

    private static HttpUriRequest built(Request request, RequestConfig.Builder config) {
        RequestBuilder builder =
                RequestBuilder.create(request.method()).setUri(request.uri()).setConfig(config.build());
        request.headers().forEach(builder::addHeader);
        if (!request.body().isEmpty()) {
            builder.setEntity(new StringEntity(request.body(), ContentType.TEXT_PLAIN));
        }
        return builder.build();
    }

    static Answer call(CloseableHttpClient by, HttpUriRequest request) throws IOException {
        return answer(by.execute(request));
    }

    private static Answer answer(CloseableHttpResponse arrived) throws IOException {
        try (CloseableHttpResponse response = arrived) {
            Map<String, List<String>> fields = new TreeMap<>();
            for (Header field : response.getAllHeaders()) {
                fields.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(field.getValue());
            }
            byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
            return new Answer(response.getStatusLine().getStatusCode(), fields, body);
        }
    }
}
