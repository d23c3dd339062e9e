package io.sallyport.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.OtherVersion;
import io.sallyport.weaving.Coverage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vert.x since 5.1, whose client is built otherwise: what the advice asks for is not there. */
class Vertx51Test extends GovernedTest {

    private static BiFunction<String, Integer, CompletableFuture<?>> client;
    private static AutoCloseable closed;

    /** What an application does with a client, by what all versions since 5.0 have. */
    public static final class Client implements BiFunction<String, Integer, CompletableFuture<?>>, AutoCloseable {

        private final Vertx vertx = Vertx.vertx();

        @Override
        public CompletableFuture<?> apply(String how, Integer port) {
            return start(how, port).toCompletionStage().toCompletableFuture();
        }

        private Future<?> start(String how, int port) {
            HttpConnectOptions place =
                    new HttpConnectOptions().setHost("localhost").setPort(port);
            return switch (how) {
                case "request" ->
                    vertx.createHttpClient()
                            .request(new RequestOptions().setHost("localhost").setPort(port))
                            .compose(HttpClientRequest::send);
                case "connection" ->
                    vertx.createHttpClient()
                            .connect(place)
                            .compose(held -> held.request(new RequestOptions().setURI("/")))
                            .compose(HttpClientRequest::send);
                case "websocket" -> vertx.createWebSocketClient().connect(port, "localhost", "/");
                default -> throw new IllegalArgumentException(how);
            };
        }

        @Override
        public void close() throws Exception {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void govern() throws Exception {
        Object made = OtherVersion.define(Client.class, new File("target/unsupported/vertx-core-5.1.10"))
                .getConstructor()
                .newInstance();
        client = (BiFunction<String, Integer, CompletableFuture<?>>) made;
        closed = (AutoCloseable) made;
    }

    @AfterAll
    static void stop() throws Exception {
        closed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "connection", "websocket"})
    void isRefusedInItsCallersOwnTypeAndSendsNothing(String how) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(
                            () -> client.apply(how, server.plain("/").getPort()).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Refused by Sallyport")
                    .hasMessageContaining("version of the library");
        }
        assertThat(server.seen()).isEmpty();
        assertThat(Governed.coverage().entries())
                .filteredOn(entry -> entry.state() == Coverage.State.REFUSED)
                .anySatisfy(entry -> {
                    assertThat(entry.type()).startsWith("io.vertx.core.http.impl.");
                    assertThat(entry.reason()).contains("is not in this version");
                });
    }
}
