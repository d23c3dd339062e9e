package io.sallyport.http.asynchttpclient;

import io.sallyport.http.contract.AsyncHttpClientContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import org.junit.jupiter.api.AfterEach;

class AsyncHttpClientTest extends AsyncHttpClientContract {

    private final AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config().setFollowRedirect(true));

    @AfterEach
    void closeClient() throws Exception {
        client.close();
    }

    private CompletableFuture<Answer> send(Request request, Duration limit) {
        RequestBuilder builder =
                new RequestBuilder(request.method()).setUrl(request.uri().toString());
        request.headers().forEach(builder::addHeader);
        if (!request.body().isEmpty()) {
            builder.setBody(request.body());
        }
        if (limit != null) {
            builder.setRequestTimeout(limit);
        }
        ListenableFuture<Response> sent = client.executeRequest(builder);
        CompletableFuture<Answer> answer = sent.toCompletableFuture().thenApply(AsyncHttpClientTest::answer);
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                sent.cancel(true);
            }
        });
        return answer;
    }

    private static Answer answer(Response response) {
        Map<String, List<String>> fields = new TreeMap<>();
        response.getHeaders()
                .forEach(e -> fields.computeIfAbsent(e.getKey(), name -> new ArrayList<>())
                        .add(e.getValue()));
        return new Answer(response.getStatusCode(), fields, response.getResponseBodyAsBytes());
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
    protected Class<? extends Throwable> timeout() {
        return TimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }
}
