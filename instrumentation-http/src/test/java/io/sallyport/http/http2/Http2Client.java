package io.sallyport.http.http2;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.asynchttpclient.AsyncCompletionHandlerBase;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.Dsl;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.HttpProtocol;

/** The clients that speak HTTP/2, each as far as these tests need it. */
enum Http2Client {
    JDK {
        @Override
        String call(URI uri, @Nullable String body) throws Exception {
            java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
            HttpRequest get = HttpRequest.newBuilder(uri).build();
            if (body == null) {
                return client.send(get, BodyHandlers.ofString()).body();
            }
            // The first request is of HTTP/1.1 and asks for an upgrade.
            client.send(get, BodyHandlers.discarding());
            HttpRequest post = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(post, BodyHandlers.ofString()).body();
        }
    },
    OKHTTP {
        @Override
        String call(URI uri, @Nullable String body) throws Exception {
            OkHttpClient client = new OkHttpClient.Builder()
                    .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                    .build();
            okhttp3.Request request = new okhttp3.Request.Builder()
                    .url(uri.toString())
                    .method(body == null ? "GET" : "POST", body == null ? null : RequestBody.create(body, null))
                    .build();
            try (Response response = client.newCall(request).execute()) {
                return response.body().string() + response.trailers().get("x-checked");
            }
        }
    },
    APACHE_5 {
        @Override
        String call(URI uri, @Nullable String body) throws Exception {
            try (CloseableHttpAsyncClient client = HttpAsyncClients.createHttp2Default()) {
                client.start();
                SimpleRequestBuilder asked = body == null
                        ? SimpleRequestBuilder.get(uri)
                        : SimpleRequestBuilder.post(uri).setBody(body, ContentType.TEXT_PLAIN);
                return client.execute(asked.build(), null)
                        .get(20, TimeUnit.SECONDS)
                        .getBodyText();
            }
        }
    },
    REACTOR_NETTY {
        @Override
        String call(URI uri, @Nullable String body) {
            return reactor.netty.http.client.HttpClient.create()
                    .protocol(HttpProtocol.H2C)
                    .request(body == null ? HttpMethod.GET : HttpMethod.POST)
                    .uri(uri)
                    .send(ByteBufMono.fromString(Mono.justOrEmpty(body)))
                    .responseSingle((response, answer) -> answer.asString()
                            .zipWith(Mono.defer(response::trailerHeaders))
                            .map(both -> both.getT1() + both.getT2().get("x-checked")))
                    .block(Duration.ofSeconds(20));
        }
    },
    JETTY {
        @Override
        String call(URI uri, @Nullable String body) throws Exception {
            HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
            client.start();
            try {
                Request request = client.newRequest(uri);
                if (body != null) {
                    request.method("POST").body(new StringRequestContent("text/plain", body));
                }
                ContentResponse response = request.send();
                return response.getContentAsString() + response.getTrailers().get("x-checked");
            } finally {
                client.stop();
            }
        }
    },
    ASYNC_HTTP_CLIENT {
        @Override
        String call(URI uri, @Nullable String body) throws Exception {
            AtomicReference<String> trailer = new AtomicReference<>();
            try (AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config().setHttp2CleartextEnabled(true))) {
                BoundRequestBuilder asked = body == null
                        ? client.prepareGet(uri.toString())
                        : client.preparePost(uri.toString()).setBody(body);
                String text = asked.execute(new AsyncCompletionHandlerBase() {
                            @Override
                            public State onTrailingHeadersReceived(HttpHeaders fields) throws Exception {
                                trailer.set(fields.get("x-checked"));
                                return super.onTrailingHeadersReceived(fields);
                            }
                        })
                        .get(20, TimeUnit.SECONDS)
                        .getResponseBody();
                return text + trailer.get();
            }
        }
    },
    VERTX {
        @Override
        String call(URI uri, @Nullable String body) throws Exception {
            Vertx vertx = Vertx.vertx();
            io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            try {
                RequestOptions options = new RequestOptions()
                        .setMethod(io.vertx.core.http.HttpMethod.valueOf(body == null ? "GET" : "POST"))
                        .setAbsoluteURI(uri.toString());
                return client.request(options)
                        // Within: of an answer that comes before its body is asked for, Vert.x drops the body.
                        .compose(request -> (body == null ? request.send() : request.send(body))
                                .compose(response ->
                                        response.body().map(text -> text + response.getTrailer("x-checked"))))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
            } finally {
                // Vert.x closes a client that nobody refers to, even while it works.
                client.close();
                vertx.close();
            }
        }
    };

    final String get(URI uri) throws Exception {
        return call(uri, null);
    }

    /**
     * @param body of a POST; {@code null} for GET
     * @return the body, and the trailer behind it where the client shows trailers
     */
    abstract String call(URI uri, @Nullable String body) throws Exception;
}
