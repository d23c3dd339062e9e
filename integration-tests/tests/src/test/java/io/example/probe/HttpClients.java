package io.example.probe;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.util.EntityUtils;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import reactor.netty.http.client.HttpClient;

/** Calls a URL with every HTTP client that it knows, and prints what each got. */
public final class HttpClients {

    private interface Call {
        String get(String url) throws Exception;
    }

    private HttpClients() {}

    /** @param urls each is called with each client */
    public static void main(String[] urls) {
        for (String url : urls) {
            attempt("jdk", url, HttpClients::jdk);
            attempt("urlconnection", url, HttpClients::urlConnection);
            attempt("okhttp", url, HttpClients::okHttp);
            attempt("apache 5", url, HttpClients::apache5);
            attempt("apache 5 async", url, HttpClients::apache5Async);
            attempt("apache 4", url, HttpClients::apache4);
            attempt("reactor netty", url, HttpClients::reactorNetty);
            attempt("jetty", url, HttpClients::jetty);
            attempt("async http client", url, HttpClients::asyncHttpClient);
            attempt("vertx", url, HttpClients::vertx);
        }
        System.out.println("end");
        System.exit(0);
    }

    private static void attempt(String client, String url, Call call) {
        String said;
        try {
            said = "answer " + call.get(url);
        } catch (Exception failed) {
            StringBuilder chain = new StringBuilder("failed");
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                chain.append(' ').append(cause.getMessage());
            }
            said = chain.toString();
        }
        System.out.println(client + " " + URI.create(url).getPath() + ": " + said);
    }

    private static String jdk(String url) throws Exception {
        return java.net.http.HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String urlConnection(String url) throws Exception {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String okHttp(String url) throws Exception {
        try (Response response = new OkHttpClient()
                .newCall(new Request.Builder().url(url).build())
                .execute()) {
            return response.body().string();
        }
    }

    private static String apache5(String url) throws Exception {
        try (org.apache.hc.client5.http.impl.classic.CloseableHttpClient client =
                org.apache.hc.client5.http.impl.classic.HttpClients.createDefault()) {
            return client.execute(
                    new org.apache.hc.client5.http.classic.methods.HttpGet(url),
                    response -> org.apache.hc.core5.http.io.entity.EntityUtils.toString(response.getEntity()));
        }
    }

    private static String apache5Async(String url) throws Exception {
        try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
            client.start();
            SimpleHttpRequest request = SimpleRequestBuilder.get(url).build();
            return client.execute(request, null).get(30, TimeUnit.SECONDS).getBodyText();
        }
    }

    private static String apache4(String url) throws Exception {
        try (org.apache.http.impl.client.CloseableHttpClient client =
                        org.apache.http.impl.client.HttpClients.createDefault();
                CloseableHttpResponse response = client.execute(new org.apache.http.client.methods.HttpGet(url))) {
            return EntityUtils.toString(response.getEntity());
        }
    }

    private static String reactorNetty(String url) {
        return HttpClient.create()
                .get()
                .uri(url)
                .responseContent()
                .aggregate()
                .asString()
                .block(Duration.ofSeconds(30));
    }

    private static String jetty(String url) throws Exception {
        org.eclipse.jetty.client.HttpClient client = new org.eclipse.jetty.client.HttpClient();
        client.start();
        try {
            return client.GET(url).getContentAsString();
        } finally {
            client.stop();
        }
    }

    private static String asyncHttpClient(String url) throws Exception {
        try (AsyncHttpClient client = Dsl.asyncHttpClient()) {
            return client.prepareGet(url).execute().get(30, TimeUnit.SECONDS).getResponseBody();
        }
    }

    private static String vertx(String url) throws Exception {
        Vertx vertx = Vertx.vertx();
        // Vert.x closes a client that nobody refers to any more.
        io.vertx.core.http.HttpClient client = vertx.createHttpClient();
        try {
            return client.request(new RequestOptions().setAbsoluteURI(url))
                    // Within: of an answer that comes before its body is asked for, Vert.x drops the body.
                    .compose(request -> request.send().compose(HttpClientResponse::body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .toString();
        } finally {
            client.close();
            vertx.close();
        }
    }
}
