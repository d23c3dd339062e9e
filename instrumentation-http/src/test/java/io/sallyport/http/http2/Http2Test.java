package io.sallyport.http.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.Event;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http2.config.H2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract says of a client is so over HTTP/2, too. */
class Http2Test extends GovernedTest {

    private Http2Server api;

    @BeforeEach
    void startApi() throws Exception {
        api = new Http2Server();
    }

    @AfterEach
    void stopApi() throws Exception {
        api.close();
    }

    @ParameterizedTest
    @EnumSource
    void anAdmittedAnswerPassesWithItsTrailers(Http2Client client) throws Exception {
        assertThat(client.get(api.at("/open"))).isIn("secret 42", "secret 42yes");
        assertThat(api.seen()).containsExactly("HTTP/2.0 GET /open");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerIsMaskedAndItsTrailersPass(Http2Client client) throws Exception {
        boolean showsTrailers = client != Http2Client.JDK && client != Http2Client.APACHE_5;
        assertThat(client.get(api.at("/masked"))).isEqualTo(showsTrailers ? MASKED + "yes" : MASKED);
        assertThat(api.seen()).containsExactly("HTTP/2.0 GET /masked");
    }

    @ParameterizedTest
    @EnumSource
    void theFullRecordHasTheBodyThatWasSent(Http2Client client) throws Exception {
        Governed.record(PolicySnapshot.RecordLevel.FULL);
        assertThat(client.call(api.at("/open"), "a body")).startsWith("a body");
        assertThat(api.seen()).endsWith("HTTP/2.0 POST /open");
        assertThat(Governed.RECORDED)
                .filteredOn(event ->
                        event.type() == Event.Type.RESULT && event.summary().startsWith("POST"))
                .extracting(Event::values)
                .containsExactly("a body");
    }

    /** By its status, and by a body that cannot be masked: other calls of the connection are not concerned. */
    @ParameterizedTest
    @CsvSource({"/no-errors,500", "/masked,206"})
    void anAnswerToApachesClientThatIsRefusedLeavesItsConnectionToOthers(String path, int status) throws Exception {
        // The other one closes its connection for any failure, as soon as the calls of others are over.
        try (CloseableHttpAsyncClient client = HttpAsyncClients.createHttp2Minimal()) {
            client.start();
            SimpleHttpRequest refused = SimpleRequestBuilder.get(api.at(path))
                    .addHeader("X-Status", String.valueOf(status))
                    .build();
            assertThatThrownBy(() -> client.execute(refused, null).get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("Refused by Sallyport");
            SimpleHttpRequest open = SimpleRequestBuilder.get(api.at("/open")).build();
            assertThat(client.execute(open, null).get(20, TimeUnit.SECONDS).getBodyText())
                    .isEqualTo("secret 42");
        }
        assertThat(api.connections()).isEqualTo(1);
    }

    /** By registered consumers, and by the factories that a leased connection and the minimal clients are given. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAServerPushesToApachesClientIsDecidedAndMaskedAsItsOwnRequest(boolean minimal) throws Exception {
        H2Config pushed = H2Config.custom().setPushEnabled(true).build();
        Pushes pushes = new Pushes(3);
        try (CloseableHttpAsyncClient client = minimal
                ? HttpAsyncClients.createHttp2Minimal(pushed)
                : HttpAsyncClients.customHttp2().setH2Config(pushed).build()) {
            client.start();
            client.register(api.at("/").getHost(), "*", pushes::consumer);
            SimpleHttpRequest request = SimpleRequestBuilder.get(api.at("/open"))
                    .addHeader("X-Push", "/denied")
                    .addHeader("X-Push", "/masked")
                    .addHeader("X-Push", "/open?pushed")
                    .build();
            assertThat(client.execute(request, null).get(20, TimeUnit.SECONDS).getBodyText())
                    .isEqualTo("secret 42");
            pushes.await();
        }
        assertThat(pushes.bodies()).isEqualTo(Map.of("/masked", MASKED, "/open?pushed", "secret 42"));
        assertThat(pushes.failures()).hasSize(1).first().asString().contains("no-denied");
    }

    @Test
    void whatAServerPushesIsDecidedAndMaskedAsItsOwnRequest() throws Exception {
        ConcurrentMap<HttpRequest, CompletableFuture<HttpResponse<String>>> pushes = new ConcurrentHashMap<>();
        HttpRequest request = HttpRequest.newBuilder(api.at("/open"))
                .header("X-Push", "/denied")
                .header("X-Push", "/masked")
                .header("X-Push", "/open?pushed")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .sendAsync(
                        request,
                        BodyHandlers.ofString(),
                        PushPromiseHandler.of(pushed -> BodyHandlers.ofString(), pushes))
                .get(20, TimeUnit.SECONDS);

        assertThat(answer.body()).isEqualTo("secret 42");
        Map<String, String> seen = new TreeMap<>();
        for (var push : pushes.entrySet()) {
            seen.put(
                    push.getKey().uri().getPath(),
                    push.getValue().get(20, TimeUnit.SECONDS).body());
        }
        assertThat(seen).isEqualTo(Map.of("/masked", MASKED, "/open", "secret 42"));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedRequestNeverLeaves(Http2Client client) {
        assertThatThrownBy(() -> client.get(api.at("/denied"))).hasStackTraceContaining("no-denied");
        assertThat(api.seen()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VERTX")
    void aBodyThatTurnsOutToBeBrokenIsRefusedInTheseWords(Http2Client client) {
        assertThatThrownBy(() -> client.call(api.at("/people"), "{\"email\": \"4"))
                .hasStackTraceContaining("Refused by Sallyport");
    }

    /** Each time: the client reads the answer's body and asks for its outcome at once, in threads of their own. */
    @ParameterizedTest
    @CsvSource({"/no-errors,500", "/masked,206"})
    void anAnswerToTheClientOfTheJdkThatIsRefusedIsSoInTheseWords(String path, int status) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        client.send(HttpRequest.newBuilder(api.at("/open")).build(), BodyHandlers.discarding());
        HttpRequest refused = HttpRequest.newBuilder(api.at(path))
                .header("X-Status", String.valueOf(status))
                .build();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> client.send(refused, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Refused by Sallyport");
        }
        assertThat(client.send(HttpRequest.newBuilder(api.at("/open")).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("secret 42");
        assertThat(api.connections()).isEqualTo(1);
    }

    /** Neither by prior knowledge nor by upgrade. */
    @ParameterizedTest
    @EnumSource
    void clearTextIsRefusedWhereThePolicyDemandsTls(Http2Client client) {
        int port = api.at("/").getPort();
        Governed.demandTls(port, new TlsRequirement(TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of()));
        try {
            assertThatThrownBy(() -> client.get(api.at("/open"))).hasStackTraceContaining("not encrypted");
            assertThat(api.seen()).isEmpty();
        } finally {
            Governed.demandNoTls(port);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeldRequestIsSentOnceAfterApproval(Http2Client client) throws Exception {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return client.get(api.at("/held"));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        var held = Governed.APPROVER.next();
        assertThat(api.seen()).isEmpty();
        held.approve();
        assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("secret 42");
        assertThat(api.seen()).containsExactly("HTTP/2.0 GET /held");
    }
}
