package io.sallyport.http.vertx;

import static io.sallyport.http.vertx.VertxTestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over a Unix domain socket, which may name no host. */
class VertxLocalTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private SocketAddress address;
    private Vertx vertx;
    private HttpClientAgent client;

    @BeforeAll
    static void govern() {
        Governed.start();
    }

    @BeforeEach
    void listen(@TempDir Path directory) throws Exception {
        vertx = Vertx.vertx();
        address = SocketAddress.domainSocketAddress(directory.resolve("s").toString());
        join(vertx.createHttpServer()
                .requestHandler(request -> {
                    seen.add(request.uri());
                    request.response().end("served");
                })
                .listen(address));
        client = vertx.createHttpClient();
    }

    @AfterEach
    void stop() throws Exception {
        join(vertx.close());
    }

    private Future<String> get(String host, String uri) {
        return client.request(
                        new RequestOptions().setServer(address).setHost(host).setURI(uri))
                .compose(VertxTestClient::text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "service.example")
    void aRequestIsServed(String host) throws Exception {
        assertThat(join(get(host, "/open"))).isEqualTo("served");
        assertThat(join(get(host, "/masked"))).isEqualTo("XXXXXX.");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "service.example")
    void aRequestIsDecided(String host) {
        assertThatThrownBy(() -> join(get(host, "/denied"))).hasMessageContaining("no-denied");
        assertThat(seen).isEmpty();
    }
}
