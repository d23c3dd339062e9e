package io.sallyport.http.http2;

import io.netty.handler.codec.http.HttpHeaders;
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
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.asynchttpclient.AsyncCompletionHandlerBase;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;

/** The clients that speak HTTP/2, each as far as these tests need it. */
enum Http2Client {
    JDK {
        @Override
        String get(URI uri) throws Exception {
            return java.net.http.HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    },
    OKHTTP {
        @Override
        String get(URI uri) throws Exception {
            OkHttpClient client = new OkHttpClient.Builder()
                    .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                    .build();
            okhttp3.Request request =
                    new okhttp3.Request.Builder().url(uri.toString()).build();
            try (Response response = client.newCall(request).execute()) {
                return response.body().string() + response.trailers().get("x-checked");
            }
        }
    },
    APACHE_5 {
        @Override
        String get(URI uri) throws Exception {
            try (CloseableHttpAsyncClient client = HttpAsyncClients.createHttp2Default()) {
                client.start();
                return client.execute(SimpleRequestBuilder.get(uri).build(), null)
                        .get(20, TimeUnit.SECONDS)
                        .getBodyText();
            }
        }
    },
    REACTOR_NETTY {
        @Override
        String get(URI uri) {
            return reactor.netty.http.client.HttpClient.create()
                    .protocol(HttpProtocol.H2C)
                    .get()
                    .uri(uri)
                    .responseSingle((response, body) -> body.asString()
                            .zipWith(Mono.defer(response::trailerHeaders))
                            .map(both -> both.getT1() + both.getT2().get("x-checked")))
                    .block(Duration.ofSeconds(20));
        }
    },
    JETTY {
        @Override
        String get(URI uri) throws Exception {
            HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
            client.start();
            try {
                ContentResponse response = client.GET(uri);
                return response.getContentAsString() + response.getTrailers().get("x-checked");
            } finally {
                client.stop();
            }
        }
    },
    ASYNC_HTTP_CLIENT {
        @Override
        String get(URI uri) throws Exception {
            AtomicReference<String> trailer = new AtomicReference<>();
            try (AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config().setHttp2CleartextEnabled(true))) {
                String body = client.prepareGet(uri.toString())
                        .execute(new AsyncCompletionHandlerBase() {
                            @Override
                            public State onTrailingHeadersReceived(HttpHeaders fields) throws Exception {
                                trailer.set(fields.get("x-checked"));
                                return super.onTrailingHeadersReceived(fields);
                            }
                        })
                        .get(20, TimeUnit.SECONDS)
                        .getResponseBody();
                return body + trailer.get();
            }
        }
    },
    VERTX {
        @Override
        String get(URI uri) throws Exception {
            Vertx vertx = Vertx.vertx();
            io.vertx.core.http.HttpClient client =
                    vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2));
            try {
                return client.request(new RequestOptions().setAbsoluteURI(uri.toString()))
                        .compose(request -> request.send())
                        .compose(response -> response.body().map(body -> body + response.getTrailer("x-checked")))
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

    /** @return the body, and the trailer behind it where the client shows trailers */
    abstract String get(URI uri) throws Exception;
}
