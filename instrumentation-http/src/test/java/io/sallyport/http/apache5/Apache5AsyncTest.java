package io.sallyport.http.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.AsyncHttpClientContract;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Apache5AsyncTest extends AsyncHttpClientContract {

    private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

    Apache5AsyncTest() {
        client.start();
    }

    @AfterEach
    void closeClient() throws Exception {
        client.close();
    }

    private static SimpleHttpRequest request(Request request) {
        SimpleRequestBuilder builder =
                SimpleRequestBuilder.create(request.method()).setUri(request.uri());
        request.headers().forEach(builder::addHeader);
        if (!request.body().isEmpty()) {
            builder.setBody(request.body(), ContentType.TEXT_PLAIN);
        }
        return builder.build();
    }

    private static CompletableFuture<Answer> start(CloseableHttpAsyncClient by, SimpleHttpRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Future<SimpleHttpResponse> running = by.execute(request, new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                byte[] body = response.getBodyBytes() == null ? new byte[0] : response.getBodyBytes();
                answer.complete(new Answer(response.getCode(), Fields.of(response), body));
            }

            @Override
            public void failed(Exception failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void cancelled() {
                answer.cancel(false);
            }
        });
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                running.cancel(true);
            }
        });
        return answer;
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return start(client, request(request));
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return join(start(request));
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        SimpleHttpRequest built = request(request);
        built.setConfig(RequestConfig.custom()
                .setResponseTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .build());
        return join(start(client, built));
    }

    private static Answer join(CompletableFuture<Answer> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    protected boolean readsBodies() {
        return false;
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        try (CloseableHttpAsyncClient by = HttpAsyncClients.custom()
                .setProxy(new HttpHost(proxy.getHostString(), proxy.getPort()))
                .build()) {
            by.start();
            return join(start(by, request(request)));
        }
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return SocketTimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }

    @Test
    void aHandlerBelowTheDecisionCannotChangeWhatIsSent() throws Exception {
        try (CloseableHttpAsyncClient changing = HttpAsyncClients.custom()
                .addExecInterceptorLast("late", (request, producer, scope, chain, callback) -> {
                    request.setPath("/denied");
                    chain.proceed(request, producer, scope, callback);
                })
                .build()) {
            changing.start();
            assertThatThrownBy(() -> join(start(changing, request(get("/open")))))
                    .hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).isEmpty();
    }
}
