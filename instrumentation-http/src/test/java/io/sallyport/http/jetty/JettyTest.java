package io.sallyport.http.jetty;

import io.sallyport.http.contract.AsyncHttpClientContract;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class JettyTest extends AsyncHttpClientContract {

    private final HttpClient client = new HttpClient();

    @BeforeEach
    void startClient() throws Exception {
        client.start();
    }

    @AfterEach
    void stopClient() throws Exception {
        client.stop();
    }

    private CompletableFuture<Answer> send(Request request, Duration limit) {
        org.eclipse.jetty.client.Request built =
                client.newRequest(request.uri()).method(request.method());
        request.headers().forEach((name, value) -> built.headers(fields -> fields.add(name, value)));
        if (!request.body().isEmpty()) {
            built.body(new StringRequestContent("text/plain", request.body()));
        }
        if (limit != null) {
            built.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        built.send(new BufferingResponseListener() {
            @Override
            public void onComplete(Result result) {
                if (result.isFailed()) {
                    answer.completeExceptionally(result.getFailure());
                    return;
                }
                Map<String, List<String>> fields = new TreeMap<>();
                for (HttpField field : result.getResponse().getHeaders()) {
                    fields.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                            .add(field.getValue());
                }
                byte[] body = getContent() == null ? new byte[0] : getContent();
                answer.complete(new Answer(result.getResponse().getStatus(), fields, body));
            }
        });
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                built.abort(new InterruptedException("cancelled"));
            }
        });
        return answer;
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return send(request, null);
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return call(request, null);
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        try {
            return send(request, limit).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        client.getProxyConfiguration().addProxy(new HttpProxy(proxy.getHostString(), proxy.getPort()));
        return call(request);
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return TimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }

    @Override
    protected boolean readsBodies() {
        return false;
    }
}
