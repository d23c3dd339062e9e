package io.sallyport.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.OtherVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.File;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Since 5.1, whose client is built otherwise. */
class Vertx51Test extends VertxContract {

    private static final String VERSION = "vertx-core-5.2.0";

    private static BiFunction<String, URI, CompletableFuture<String>> client;

    Vertx51Test() {
        super(OtherVersion.overTheClassPath(VERSION, VertxTestClient.class));
    }

    /** Other ways to a server, by what all versions since 5.0 have. */
    public static final class Client implements BiFunction<String, URI, CompletableFuture<String>>, AutoCloseable {

        private final Vertx vertx = Vertx.vertx();
        private final HttpClientAgent client = vertx.createHttpClient();
        private final WebSocketClient sockets = vertx.createWebSocketClient();

        @Override
        public CompletableFuture<String> apply(String how, URI uri) {
            return start(how, uri).toCompletionStage().toCompletableFuture();
        }

        private Future<String> start(String how, URI uri) {
            if (how.equals("websocket")) {
                WebSocketConnectOptions there = new WebSocketConnectOptions()
                        .setHost(uri.getHost())
                        .setPort(uri.getPort())
                        .setURI(uri.getPath());
                return sockets.connect(there).map("connected");
            }
            HttpConnectOptions place =
                    new HttpConnectOptions().setHost(uri.getHost()).setPort(uri.getPort());
            return client.connect(place)
                    .compose(held -> held.request(new RequestOptions().setURI(uri.getPath())))
                    .compose(sent -> sent.send().compose(answer -> answer.body().map(Object::toString)));
        }

        @Override
        public void close() throws Exception {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void load() throws Exception {
        client = (BiFunction<String, URI, CompletableFuture<String>>)
                OtherVersion.define(Client.class, new File("target/clients", VERSION))
                        .getConstructor()
                        .newInstance();
    }

    @AfterAll
    static void stop() throws Exception {
        ((AutoCloseable) client).close();
    }

    @Test
    void aConnectionThatTheApplicationHoldsIsGovernedToo() throws Exception {
        assertThat(client.apply("connection", server.plain("/masked")).get(20, TimeUnit.SECONDS))
                .isEqualTo(MASKED);
        assertThatThrownBy(() ->
                        client.apply("connection", server.plain("/denied")).get(20, TimeUnit.SECONDS))
                .hasStackTraceContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked", "/secure,not encrypted"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) {
        assertThatThrownBy(() -> client.apply("websocket", server.plain(path)).get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(refusal())
                .hasMessageContaining(why);
        assertThat(server.seen()).isEmpty();
    }
}
