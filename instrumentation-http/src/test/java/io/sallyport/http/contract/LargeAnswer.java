package io.sallyport.http.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.asynchttpclient.AsyncCompletionHandlerBase;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.HttpResponseBodyPart;
import org.eclipse.jetty.client.InputStreamResponseListener;

/**
 * A program that reads a masked answer of any length by one client after the other: {@code LargeAnswer MEGABYTES CLIENT…}. Run in a
 * small heap. Prints a line for each.
 */
public final class LargeAnswer {

    private static final int CHUNK = 1 << 16;

    private static final String PEOPLE =
            "{\"id\": 4711, \"email\": \"ann@example.com\", \"note\": \"" + "likes long walks. ".repeat(50) + "\"},\n";

    private LargeAnswer() {}

    public static void main(String[] arguments) throws Exception {
        Governed.start();
        long size = Long.parseLong(arguments[0]) << 20;
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, size));
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/people");
        for (String client : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            System.out.println(client + " " + read(client, uri));
        }
        server.stop(0);
        threads.shutdownNow();
        System.exit(0);
    }

    private static void answer(HttpExchange exchange, long size) throws IOException {
        byte[] chunk = PEOPLE.repeat(CHUNK / PEOPLE.length()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write('[');
            for (long sent = 0; sent < size; sent += chunk.length) {
                body.write(chunk);
            }
            body.write("{}]".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long read(String client, URI uri) throws Exception {
        switch (client) {
            case "jdk" -> {
                return count(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body());
            }
            case "url" -> {
                return count(((HttpURLConnection) uri.toURL().openConnection()).getInputStream());
            }
            case "okhttp" -> {
                okhttp3.Request request =
                        new okhttp3.Request.Builder().url(uri.toString()).build();
                try (Response response = new OkHttpClient().newCall(request).execute()) {
                    return count(response.body().byteStream());
                }
            }
            case "apache" -> {
                try (CloseableHttpClient apache = HttpClients.createDefault()) {
                    return apache.execute(
                            new HttpGet(uri),
                            response -> count(response.getEntity().getContent()));
                }
            }
            case "reactor" -> {
                return reactor.netty.http.client.HttpClient.create()
                        .get()
                        .uri(uri)
                        .responseContent()
                        .asByteArray()
                        .reduce(0L, (sum, bytes) -> sum + masked(bytes, bytes.length))
                        .block();
            }
            case "apache4" -> {
                try (org.apache.http.impl.client.CloseableHttpClient apache =
                        org.apache.http.impl.client.HttpClients.createDefault()) {
                    return apache.execute(
                            new org.apache.http.client.methods.HttpGet(uri),
                            response -> count(response.getEntity().getContent()));
                }
            }
            case "apache-async" -> {
                return apacheAsync(uri);
            }
            case "jetty" -> {
                org.eclipse.jetty.client.HttpClient jetty = new org.eclipse.jetty.client.HttpClient();
                jetty.start();
                try {
                    InputStreamResponseListener listener = new InputStreamResponseListener();
                    jetty.newRequest(uri).send(listener);
                    return count(listener.getInputStream());
                } finally {
                    jetty.stop();
                }
            }
            case "async-http-client" -> {
                return asyncHttpClient(uri);
            }
            case "vertx" -> {
                return vertx(uri);
            }
            default -> throw new IllegalArgumentException(client);
        }
    }

    private static long apacheAsync(URI uri) throws Exception {
        try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
            client.start();
            return client.execute(
                            SimpleRequestProducer.create(
                                    SimpleRequestBuilder.get(uri).build()),
                            new AbstractBinResponseConsumer<Long>() {
                                private long sum;

                                @Override
                                protected void start(
                                        org.apache.hc.core5.http.HttpResponse response,
                                        org.apache.hc.core5.http.ContentType type) {}

                                @Override
                                protected int capacityIncrement() {
                                    return CHUNK;
                                }

                                @Override
                                protected void data(ByteBuffer source, boolean end) {
                                    byte[] bytes = new byte[source.remaining()];
                                    source.get(bytes);
                                    sum += masked(bytes, bytes.length);
                                }

                                @Override
                                protected Long buildResult() {
                                    return sum;
                                }

                                @Override
                                public void releaseResources() {}
                            },
                            null)
                    .get();
        }
    }

    private static long asyncHttpClient(URI uri) throws Exception {
        try (AsyncHttpClient client = Dsl.asyncHttpClient()) {
            AtomicLong sum = new AtomicLong();
            client.prepareGet(uri.toString())
                    .execute(new AsyncCompletionHandlerBase() {
                        @Override
                        public State onBodyPartReceived(HttpResponseBodyPart part) {
                            byte[] bytes = part.getBodyPartBytes();
                            sum.addAndGet(masked(bytes, bytes.length));
                            return State.CONTINUE;
                        }
                    })
                    .get();
            return sum.get();
        }
    }

    private static long vertx(URI uri) throws Exception {
        Vertx vertx = Vertx.vertx();
        // Vert.x closes a client that nobody refers to, even while it works.
        io.vertx.core.http.HttpClient client = vertx.createHttpClient();
        try {
            AtomicLong sum = new AtomicLong();
            client.request(new RequestOptions().setAbsoluteURI(uri.toString()))
                    // Within: of an answer that comes before its body is asked for, Vert.x drops the body.
                    .compose(request -> request.send().compose(response -> {
                        response.handler(buffer -> sum.addAndGet(masked(buffer.getBytes(), buffer.length())));
                        return response.end();
                    }))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            return sum.get();
        } finally {
            client.close();
            vertx.close();
        }
    }

    /** The number of bytes, if all of them are masked. */
    private static long count(InputStream in) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long sum = 0;
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum += masked(buffer, n);
            }
        }
        return sum;
    }

    private static long masked(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '@') {
                throw new AssertionError("a byte came unmasked");
            }
        }
        return length;
    }
}
