package io.sallyport.http.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.OtherVersion;
import io.sallyport.http.contract.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer of HTTP/2 whose head was passed on before its body was refused. */
class VertxRefusedBodyTest extends GovernedTest {

    private Http2Server api;

    @BeforeEach
    void startApi() throws Exception {
        api = new Http2Server();
    }

    @AfterEach
    void stopApi() throws Exception {
        api.close();
    }

    /** What is told of an answer's failure, and then the next answer of the connection. */
    public static final class Client
            implements BiFunction<URI, String, CompletableFuture<List<String>>>, AutoCloseable {

        private final Vertx vertx = Vertx.vertx();
        private final HttpClient known = vertx.createHttpClient(options().setHttp2ClearTextUpgrade(false));
        private final HttpClient upgraded = vertx.createHttpClient(options());

        private static HttpClientOptions options() {
            return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2);
        }

        /** @param body of a POST; empty for a GET whose answer is a part of a whole */
        @Override
        public CompletableFuture<List<String>> apply(URI uri, String body) {
            HttpClient client = "upgraded".equals(uri.getQuery()) ? upgraded : known;
            List<String> told = new CopyOnWriteArrayList<>();
            RequestOptions options = new RequestOptions()
                    .setMethod(body.isEmpty() ? HttpMethod.GET : HttpMethod.POST)
                    .setAbsoluteURI(uri.toString());
            if (body.isEmpty()) {
                options.putHeader("X-Status", "206");
            }
            RequestOptions open =
                    new RequestOptions().setAbsoluteURI(uri.resolve("/open").toString());
            return client.request(options)
                    .compose(request -> text(request, body, told))
                    .recover(failure -> {
                        told.add("body: " + failure.getMessage());
                        return client.request(open).compose(request -> text(request, "", told));
                    })
                    .map(next -> {
                        told.add(next);
                        return told;
                    })
                    .toCompletionStage()
                    .toCompletableFuture();
        }

        private static Future<String> text(HttpClientRequest request, String body, List<String> told) {
            return (body.isEmpty() ? request.send() : request.send(body)).compose(response -> {
                response.exceptionHandler(failure -> told.add("answer: " + failure.getMessage()));
                return response.body().map(Object::toString);
            });
        }

        @Override
        public void close() throws Exception {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> told(String version, String path, String body) throws Exception {
        Object client = version.isEmpty()
                ? new Client()
                : OtherVersion.define(Client.class, new File("target/clients", version))
                        .getConstructor()
                        .newInstance();
        try (AutoCloseable closing = (AutoCloseable) client) {
            return ((BiFunction<URI, String, CompletableFuture<List<String>>>) closing)
                    .apply(api.at(path), body)
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private void assertRefused(List<String> told) {
        assertThat(told).hasSize(3).endsWith(Server.BODY);
        assertThat(told.subList(0, 2))
                .allMatch(failure -> failure.contains("Refused by Sallyport"))
                .anyMatch(failure -> failure.startsWith("answer: "))
                .anyMatch(failure -> failure.startsWith("body: "));
        assertThat(api.connections()).isEqualTo(1);
    }

    /** The version of the class path has no name. */
    @ParameterizedTest
    @ValueSource(strings = {"", "vertx-core-5.0.0", "vertx-core-5.1.10", "vertx-core-5.2.0"})
    void aPartThatCannotBeMaskedIsToldOnceAndLeavesItsConnectionToOthers(String version) throws Exception {
        assertRefused(told(version, "/masked", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vertx-core-5.0.0", "vertx-core-5.1.10", "vertx-core-5.2.0"})
    void aBodyThatTurnsOutToBeBrokenIsToldOnceAndLeavesItsConnectionToOthers(String version) throws Exception {
        assertRefused(told(version, "/people", "{\"email\": \"4"));
    }

    /** The first request of a connection is one of HTTP/1.1, and its answer one of HTTP/2. */
    @ParameterizedTest
    @ValueSource(strings = {"", "vertx-core-5.0.0", "vertx-core-5.1.10", "vertx-core-5.2.0"})
    void whatIsToldIsTheSameOfAConnectionThatWasUpgraded(String version) throws Exception {
        assertRefused(told(version, "/masked?upgraded", ""));
        assertThat(api.seen()).first().asString().startsWith("HTTP/2.0");
    }
}
