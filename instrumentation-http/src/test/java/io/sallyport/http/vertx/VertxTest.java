package io.sallyport.http.vertx;

import static io.sallyport.http.vertx.VertxTestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertxTest extends VertxContract {

    private static Vertx vertx;

    private final HttpClientAgent client;

    VertxTest() {
        super(new VertxTestClient());
        if (vertx == null) {
            vertx = Vertx.vertx();
        }
        client = vertx.createHttpClient();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        vertx = null;
    }

    @Test
    void whatIsSetOnARequestAfterItsConnectionIsThereDoesNotEvadeARule() {
        String host = server.plain("/").getHost();
        int port = server.plain("/").getPort();
        assertThatThrownBy(() -> join(client.request(HttpMethod.GET, port, host, "/open")
                        .compose(request -> request.setURI("/denied").send())))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThatThrownBy(() -> join(client.request(HttpMethod.GET, port, host, "/open")
                        .compose(
                                request -> request.putHeader("X-Forbidden", "1").send())))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aConnectionThatTheApplicationHoldsIsGovernedToo() throws Exception {
        HttpConnectOptions place = new HttpConnectOptions()
                .setHost(server.at("/").getHost())
                .setPort(server.at("/").getPort())
                .setSsl(true)
                .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
        Future<String> masked = client.connect(place)
                .compose(connection -> connection.request(new RequestOptions().setURI("/masked")))
                .compose(VertxTestClient::text);
        assertThat(join(masked)).isEqualTo(MASKED);
        assertThatThrownBy(() -> join(client.connect(place)
                        .compose(connection -> connection.request(new RequestOptions().setURI("/denied")))
                        .compose(request -> request.send())))
                .isInstanceOf(refusal());
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @Test
    void aConnectionToHoldIsRefusedWhereThePolicyDemandsTlsAndTheConnectionHasNone() {
        int port = server.plain("/").getPort();
        Governed.demandTls(port, new TlsRequirement(TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of()));
        try {
            assertThatThrownBy(() -> join(client.connect(new HttpConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setSsl(false))))
                    .isInstanceOf(refusal())
                    .hasMessageContaining("not encrypted");
        } finally {
            Governed.demandNoTls(port);
        }
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked", "/secure,not encrypted"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) {
        URI there = webSocket(path);
        WebSocketConnectOptions denied = new WebSocketConnectOptions()
                .setHost(there.getHost())
                .setPort(there.getPort())
                .setSsl(there.getScheme().equals("https"))
                .setURI(path);
        assertThatThrownBy(() -> join(vertx.createWebSocketClient().connect(denied)))
                .isInstanceOf(refusal())
                .hasMessageContaining(why);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void answersOfPipelinedRequestsAreMaskedEachForItself() throws Exception {
        HttpClientAgent pipelining = vertx.createHttpClient(
                new HttpClientOptions().setPipelining(true), new PoolOptions().setHttp1MaxSize(1));
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String path = i % 2 == 0 ? "/masked" : "/open";
            answers.add(pipelining
                    .request(new RequestOptions().setAbsoluteURI(server.at(path).toString()))
                    .compose(VertxTestClient::text));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(join(answers.get(i))).isEqualTo(i % 2 == 0 ? MASKED : Server.BODY);
        }
    }

    private Future<HttpClientRequest> post(String path) {
        return client.request(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(server.at(path).toString()));
    }

    private static Future<Answer> answer(HttpClientRequest request) {
        return VertxTestClient.answer(request.response());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a body", "a secret"})
    void aBodyThatComesInPiecesIsReadBeforeItIsSent(String text) throws Exception {
        HttpClientRequest request = join(post("/body?echo"));
        Future<Answer> answer = answer(request);
        request.setChunked(true);
        join(request.write(text.substring(0, 3)));
        assertThat(server.seen()).isEmpty();
        request.end(text.substring(3));
        if (text.contains("secret")) {
            assertThatThrownBy(() -> join(answer)).hasMessageContaining("no-denied");
            assertThat(server.seen()).isEmpty();
        } else {
            assertThat(join(answer).text()).isEqualTo(text);
            assertThat(server.seen()).containsExactly("POST /body?echo");
        }
    }

    @Test
    void aLongBodyThatNoRuleForbidsArrivesWhole() throws Exception {
        byte[] large = new byte[3 << 20];
        HttpClientRequest request = join(post("/held-body?echo"));
        Future<Answer> answer = answer(request);
        request.end(Buffer.buffer(large));
        Governed.APPROVER.next().approve();
        assertThat(join(answer).body()).hasSize(large.length);
    }

    @Test
    void whatChangesWhileABodyIsHeldIsDecidedAnew() throws Exception {
        HttpClientRequest request = join(post("/held-body?echo"));
        Future<Answer> answer = answer(request);
        request.end("a body");
        Approver.Case held = Governed.APPROVER.next();
        request.putHeader("X-Forbidden", "1");
        held.approve();
        assertThatThrownBy(() -> join(answer)).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }
}
