package io.sallyport.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.util.Callback;
import reactor.core.publisher.Flux;

/** Each client by the way in which it sends a body whose length it does not know, in two pieces where its caller can tell. */
enum StreamingClient {
    JDK {
        @Override
        String post(URI uri) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofByteArrays(List.of(bytes(FIRST), bytes(SECOND))))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }
    },
    URL_CONNECTION {
        @Override
        String post(URI uri) throws Exception {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setDoOutput(true);
            connection.setChunkedStreamingMode(0);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(bytes(FIRST));
                for (byte b : bytes(SECOND)) {
                    out.write(b);
                }
            }
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    },
    OKHTTP {
        @Override
        String post(URI uri) throws Exception {
            RequestBody body = new RequestBody() {
                @Override
                public MediaType contentType() {
                    return MediaType.get("text/plain");
                }

                @Override
                public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8(FIRST).flush();
                    sink.writeUtf8(SECOND);
                }
            };
            okhttp3.Request request =
                    new okhttp3.Request.Builder().url(uri.toString()).post(body).build();
            try (okhttp3.Response response = new OkHttpClient().newCall(request).execute()) {
                // What the application gave is what it gets back.
                return response.request().body() == body ? response.body().string() : "another body";
            }
        }
    },
    APACHE_4 {
        @Override
        String post(URI uri) throws Exception {
            var post = new org.apache.http.client.methods.HttpPost(uri);
            post.setEntity(new org.apache.http.entity.InputStreamEntity(
                    new ByteArrayInputStream(bytes(FIRST + SECOND)),
                    -1,
                    org.apache.http.entity.ContentType.TEXT_PLAIN));
            try (var client = org.apache.http.impl.client.HttpClients.createDefault();
                    var answer = client.execute(post)) {
                return org.apache.http.util.EntityUtils.toString(answer.getEntity());
            }
        }
    },
    APACHE_5 {
        @Override
        String post(URI uri) throws Exception {
            var post = new org.apache.hc.client5.http.classic.methods.HttpPost(uri);
            post.setEntity(
                    new InputStreamEntity(new ByteArrayInputStream(bytes(FIRST + SECOND)), -1, ContentType.TEXT_PLAIN));
            try (CloseableHttpClient client = HttpClients.createDefault()) {
                return client.execute(post, answer -> EntityUtils.toString(answer.getEntity()));
            }
        }
    },
    APACHE_5_MINIMAL {
        @Override
        String post(URI uri) throws Exception {
            var post = new org.apache.hc.client5.http.classic.methods.HttpPost(uri);
            post.setEntity(
                    new InputStreamEntity(new ByteArrayInputStream(bytes(FIRST + SECOND)), -1, ContentType.TEXT_PLAIN));
            try (CloseableHttpClient client = HttpClients.createMinimal()) {
                return client.execute(post, answer -> EntityUtils.toString(answer.getEntity()));
            }
        }
    },
    APACHE_5_ASYNC {
        @Override
        String post(URI uri) throws Exception {
            try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
                client.start();
                return client.execute(apache(uri), SimpleResponseConsumer.create(), null)
                        .get(20, TimeUnit.SECONDS)
                        .getBodyText();
            }
        }
    },
    APACHE_5_MINIMAL_ASYNC {
        @Override
        String post(URI uri) throws Exception {
            try (MinimalHttpAsyncClient client = HttpAsyncClients.createMinimal()) {
                client.start();
                return client.execute(apache(uri), SimpleResponseConsumer.create(), null)
                        .get(20, TimeUnit.SECONDS)
                        .getBodyText();
            }
        }
    },
    ASYNC_HTTP_CLIENT {
        @Override
        String post(URI uri) throws Exception {
            try (AsyncHttpClient client = Dsl.asyncHttpClient()) {
                return client.preparePost(uri.toString())
                        .setBody(new ByteArrayInputStream(bytes(FIRST + SECOND)))
                        .execute()
                        .get(20, TimeUnit.SECONDS)
                        .getResponseBody();
            }
        }
    },
    JETTY {
        @Override
        String post(URI uri) throws Exception {
            var client = new org.eclipse.jetty.client.HttpClient();
            client.start();
            try {
                AsyncRequestContent body = new AsyncRequestContent("text/plain");
                body.write(ByteBuffer.wrap(bytes(FIRST)), Callback.NOOP);
                body.write(ByteBuffer.wrap(bytes(SECOND)), Callback.NOOP);
                body.close();
                return client.POST(uri).body(body).send().getContentAsString();
            } finally {
                client.stop();
            }
        }
    },
    REACTOR_NETTY {
        @Override
        String post(URI uri) {
            return reactor.netty.http.client.HttpClient.create()
                    .post()
                    .uri(uri)
                    .send(Flux.just(FIRST, SECOND).map(piece -> Unpooled.wrappedBuffer(bytes(piece))))
                    .responseSingle((response, answer) -> answer.asString())
                    .block(Duration.ofSeconds(20));
        }
    },
    VERTX {
        @Override
        String post(URI uri) throws Exception {
            Vertx vertx = Vertx.vertx();
            io.vertx.core.http.HttpClient client = vertx.createHttpClient();
            try {
                return client.request(
                                new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(uri.toString()))
                        .compose(request -> {
                            request.setChunked(true);
                            request.write(FIRST);
                            request.end(SECOND);
                            // Within: of an answer that comes before its body is asked for, Vert.x drops the body.
                            return request.response().compose(response -> response.body());
                        })
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .toString();
            } finally {
                // Vert.x closes a client that nobody refers to, even while it works.
                client.close();
                vertx.close();
            }
        }
    };

    static final String FIRST = "a body ";
    static final String SECOND = "in pieces";

    /** Sends both pieces; returns the body of the answer. */
    abstract String post(URI uri) throws Exception;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static org.apache.hc.core5.http.nio.AsyncRequestProducer apache(URI uri) throws IOException {
        Path file = Files.createTempFile("pieces", null);
        file.toFile().deleteOnExit();
        Files.writeString(file, FIRST + SECOND);
        return AsyncRequestBuilder.post(uri)
                .setEntity(AsyncEntityProducers.create(file.toFile(), ContentType.TEXT_PLAIN))
                .build();
    }
}
