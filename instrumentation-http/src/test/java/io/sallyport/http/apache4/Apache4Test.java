package io.sallyport.http.apache4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.Server;
import io.sallyport.http.contract.WireServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.EntityTemplate;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Apache4Test extends Apache4Contract {

    Apache4Test() {
        super(new Apache4TestClient());
    }

    private static Answer call(CloseableHttpClient by, HttpUriRequest request) throws IOException {
        return Apache4TestClient.call(by, request);
    }

    @Test
    void theMinimalClientIsGoverned() throws Exception {
        CloseableHttpClient minimal = HttpClients.createMinimal();
        assertThat(call(minimal, new HttpGet(server.at("/masked"))).text()).isEqualTo(MASKED);
        assertThatThrownBy(() -> call(minimal, new HttpGet(server.at("/denied"))))
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @Test
    void theMinimalClientMaySendTheHostOfAUrlToAnotherPlace() throws Exception {
        CloseableHttpClient minimal = HttpClients.createMinimal();
        HttpHost place = new HttpHost("127.0.0.1", server.plain("/").getPort());
        try (CloseableHttpResponse answer = minimal.execute(place, new HttpGet("http://virtual.example/open"))) {
            assertThat(EntityUtils.toString(answer.getEntity())).isEqualTo(Server.BODY);
        }
        assertThatThrownBy(() -> minimal.execute(place, new HttpGet("http://virtual.example/denied")))
                .hasMessageContaining("no-denied");
        assertThatThrownBy(() -> minimal.execute(place, new BasicHttpRequest("GET", "http://virtual.example/open")))
                .hasMessageContaining("request-target");
        assertThat(server.seen()).containsExactly("GET /open");
    }

    @Test
    @SuppressWarnings("deprecation")
    void theDeprecatedClientsAreDecidedAndRefusedWhereTheyWouldHaveToMask() throws Exception {
        CloseableHttpClient old = new org.apache.http.impl.client.DefaultHttpClient();
        assertThat(call(old, new HttpGet(server.at("/open"))).text()).isEqualTo(Server.BODY);
        for (String refused : List.of("/denied", "/redirect", "/masked")) {
            assertThatThrownBy(() ->
                            call(new org.apache.http.impl.client.DefaultHttpClient(), new HttpGet(server.at(refused))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Refused by Sallyport");
        }
        assertThat(server.seen()).containsExactly("GET /open", "GET /redirect");
    }

    @Test
    void aCallThatIsAbortedWhileItParksIsWithdrawn() throws Exception {
        HttpGet request = new HttpGet(server.at("/held"));
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> {
            try {
                return new AssertionError(
                        call(HttpClients.createDefault(), request).text());
            } catch (IOException e) {
                return e;
            }
        });
        Approver.Case held = Governed.APPROVER.next();
        request.abort();
        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
    }

    /** It runs when everything was decided. */
    @Test
    void anExecutorOfTheApplicationsSendsNothingButTheRequestThatWasDecided() throws IOException {
        List<UnaryOperator<HttpRequest>> changes = List.of(
                request -> {
                    ((HttpRequestWrapper) request).setURI(URI.create("/denied"));
                    return request;
                },
                request -> new BasicHttpRequest("GET", "/denied"));
        for (UnaryOperator<HttpRequest> change : changes) {
            HttpRequestExecutor executor = new HttpRequestExecutor() {
                @Override
                public HttpResponse execute(HttpRequest request, HttpClientConnection connection, HttpContext context)
                        throws IOException, HttpException {
                    return super.execute(change.apply(request), connection, context);
                }
            };
            try (CloseableHttpClient by =
                    HttpClients.custom().setRequestExecutor(executor).build()) {
                assertThatThrownBy(() -> call(by, new HttpGet(server.at("/open"))))
                        .hasStackTraceContaining("Refused by Sallyport");
            }
        }
        assertThat(server.seen()).isEmpty();
    }

    /** Its server would take the next request of the connection for the rest. */
    @Test
    void aBodyThatEndsBeforeItsLengthIsRefused() throws IOException {
        try (WireServer early = new WireServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                CloseableHttpClient by = HttpClients.createDefault()) {
            HttpPost post = new HttpPost(early.at("/open"));
            post.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[3]), 100));
            assertThatThrownBy(() -> by.execute(post))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Refused by Sallyport")
                    .hasMessageContaining("framing");
        }
    }

    /** Also where a rule asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/body"})
    void whatTheBodyOfAnApplicationThrowsIsItsCallers(String path) throws IOException {
        IOException itsOwn = new IOException("gone");
        HttpPost post = new HttpPost(server.at(path));
        post.setEntity(new EntityTemplate(out -> {
            throw itsOwn;
        }));
        try (CloseableHttpClient by = HttpClients.createDefault()) {
            assertThatThrownBy(() -> by.execute(post)).isSameAs(itsOwn);
        }
    }
}
