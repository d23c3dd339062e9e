package io.sallyport.http.vertx;

import io.sallyport.http.contract.HttpClientContract.Answer;
import io.sallyport.http.contract.HttpClientContract.Request;
import io.sallyport.http.contract.TestClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.ProxyOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Vert.x by what all versions since 5.0 have. */
public final class VertxTestClient implements TestClient {

    /** Of this version, which is loaded once. */
    private static final Vertx VERTX = Vertx.vertx();

    private final HttpClient client = VERTX.createHttpClient(new HttpClientOptions().setDecompressionSupported(true));

    private static RequestOptions options(Request request) {
        return new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(request.uri().toString());
    }

    private CompletableFuture<Answer> send(Request request, Duration limit) {
        RequestOptions options = options(request).setFollowRedirects(true);
        request.headers().forEach(options::putHeader);
        if (limit != null) {
            options.setTimeout(limit.toMillis());
        }
        return client.request(options)
                .compose(sent -> answer(request.body().isEmpty() ? sent.send() : sent.send(request.body())))
                .toCompletionStage()
                .toCompletableFuture();
    }

    /**
     * Asked for where the answer arrives, in a callback of the request: of one that arrives before its body is asked for, Vert.x drops the body,
     * with and without the agent, and who asks then waits for ever.
     */
    static Future<Answer> answer(Future<HttpClientResponse> arriving) {
        return arriving.compose(response -> response.body().map(body -> answer(response, body)));
    }

    static Future<String> text(HttpClientRequest request) {
        return answer(request.send()).map(Answer::text);
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        Map<String, String> trailers = new TreeMap<>();
        response.trailers().forEach((name, value) -> trailers.put(name.toLowerCase(Locale.ROOT), value));
        Map<String, List<String>> fields = new TreeMap<>();
        response.headers()
                .forEach((name, value) ->
                        fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return new Answer(response.statusCode(), fields, body.getBytes(), trailers);
    }

    static <T> T join(CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    static <T> T join(Future<T> answer) throws Exception {
        return join(answer.toCompletionStage().toCompletableFuture());
    }

    @Override
    public Answer call(Request request, Duration limit) throws Exception {
        return join(send(request, limit));
    }

    @Override
    public Answer callWithLateFields(Request request) throws Exception {
        return join(client.request(options(request)).compose(sent -> {
            request.headers().forEach(sent::putHeader);
            return answer(sent.send(request.body()));
        }));
    }

    @Override
    public void connectForeign(InetSocketAddress place) throws Exception {
        NetClient others = VERTX.createNetClient();
        try {
            join(others.connect(place.getPort(), place.getHostString())).close();
        } finally {
            others.close();
        }
    }

    /** It has no store. */
    @Override
    public Answer callWithStoredCookie(String name, Request request) throws Exception {
        return callWithLateFields(
                new Request(request.method(), request.uri(), Map.of("Cookie", name + "=1"), request.body()));
    }

    @Override
    public Answer callAt(String place, String pathAndQuery) throws Exception {
        return join(
                client.request(new RequestOptions().setAbsoluteURI(place + "/").setURI(pathAndQuery))
                        .compose(sent -> answer(sent.send())));
    }

    @Override
    public Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        ProxyOptions by = new ProxyOptions().setHost(proxy.getHostString()).setPort(proxy.getPort());
        return join(client.request(options(request).setProxyOptions(by)).compose(sent -> answer(sent.send())));
    }

    /** A future of Vert.x cannot be cancelled: who gives up closes the client. */
    @Override
    public CompletableFuture<Answer> start(Request request) {
        CompletableFuture<Answer> answer = send(request, null);
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                client.close();
            }
        });
        return answer;
    }
}
