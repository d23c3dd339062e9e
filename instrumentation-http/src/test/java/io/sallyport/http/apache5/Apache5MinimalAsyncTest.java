package io.sallyport.http.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.Server;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The asynchronous client without redirects, authentication and a chain of handlers. */
class Apache5MinimalAsyncTest extends GovernedTest {

    private final MinimalHttpAsyncClient client = HttpAsyncClients.createMinimal();

    @BeforeEach
    void startClient() {
        client.start();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private Future<SimpleHttpResponse> get(String path) {
        return client.execute(SimpleRequestBuilder.get(server.at(path)).build(), null);
    }

    @Test
    void whatIsAdmittedBehavesAsWithoutTheAgent() throws Exception {
        Future<SimpleHttpResponse> answer = client.execute(
                SimpleRequestBuilder.post(server.at("/open?echo"))
                        .setBody("a body", ContentType.TEXT_PLAIN)
                        .build(),
                null);
        assertThat(answer.get(10, TimeUnit.SECONDS).getBodyText()).isEqualTo("a body");
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied,0", "/no-errors?status=503,no-errors,1", "/secure,not encrypted,0"})
    void aRefusalFailsTheFuture(String path, String why, int sent) {
        Future<SimpleHttpResponse> answer = path.equals("/secure")
                ? client.execute(SimpleRequestBuilder.get(server.plain(path)).build(), null)
                : get(path);
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
        assertThat(server.seen()).hasSize(sent);
    }

    @Test
    void aBareConnectionOfTheClientsIsNotHandedOut() {
        HttpHost place = new HttpHost("http", "localhost", server.at("/").getPort());
        Future<IOSession> session = ((ConnectionInitiator) (Object) client)
                .connect(
                        place,
                        new InetSocketAddress("localhost", place.getPort()),
                        null,
                        Timeout.ofSeconds(10),
                        null,
                        null);
        assertThatThrownBy(() -> session.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Refused by Sallyport");
    }

    @Test
    void aBodyIsMasked() throws Exception {
        SimpleHttpResponse answer = get("/masked?coding=gzip").get(10, TimeUnit.SECONDS);
        assertThat(answer.getBodyText()).isEqualTo(MASKED);
        assertThat(answer.getFirstHeader("ETag")).isNull();
    }

    @Test
    void aHeldRequestIsSentOnceAfterApproval() throws Exception {
        Future<SimpleHttpResponse> answer = get("/held");
        var held = Governed.APPROVER.next();
        assertThat(server.seen()).isEmpty();
        held.approve();
        assertThat(answer.get(10, TimeUnit.SECONDS).getBodyText()).isEqualTo(Server.BODY);
        assertThat(server.seen()).containsExactly("GET /held");
    }

    @Test
    void closingTheClientWithdrawsWhatIsHeld() throws Exception {
        Future<SimpleHttpResponse> answer = get("/held");
        var held = Governed.APPROVER.next();
        client.close();
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOfAny(CancellationException.class, ExecutionException.class);
        assertThat(server.seen()).isEmpty();
    }

    private Future<AsyncClientEndpoint> lease() {
        return client.lease(new HttpHost("https", "127.0.0.1", server.at("/").getPort()), null);
    }

    private Future<SimpleHttpResponse> over(AsyncClientEndpoint leased, SimpleRequestBuilder request) {
        return leased.execute(
                SimpleRequestProducer.create(request.build()),
                SimpleResponseConsumer.create(),
                HttpClientContext.create(),
                null);
    }

    @Test
    void whatIsSentOverALeasedConnectionIsAdmittedAndMaskedLikeAnyOther() throws Exception {
        AsyncClientEndpoint leased = lease().get(10, TimeUnit.SECONDS);
        assertThat(leased.isConnected()).isTrue();
        Future<SimpleHttpResponse> echo = over(
                leased, SimpleRequestBuilder.post(server.at("/open?echo")).setBody("a body", ContentType.TEXT_PLAIN));
        assertThat(echo.get(10, TimeUnit.SECONDS).getBodyText()).isEqualTo("a body");
        Future<SimpleHttpResponse> masked = over(leased, SimpleRequestBuilder.get(server.at("/masked")));
        assertThat(masked.get(10, TimeUnit.SECONDS).getBodyText()).isEqualTo(MASKED);
        leased.releaseAndReuse();
        assertThat(leased.isConnected()).isFalse();
    }

    @Test
    void aRequestOverALeasedConnectionIsDecidedByItsPathAtTheHostThatTheConnectionLeadsTo() throws Exception {
        for (String authority : List.of("127.0.0.1", "elsewhere.example")) {
            AsyncClientEndpoint leased = lease().get(10, TimeUnit.SECONDS);
            BasicHttpRequest request = new BasicHttpRequest("GET", "/denied");
            request.setScheme("https");
            request.setAuthority(new URIAuthority(authority, -1));
            Future<SimpleHttpResponse> answer = leased.execute(
                    new BasicRequestProducer(request, null),
                    SimpleResponseConsumer.create(),
                    HttpClientContext.create(),
                    null);
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no-denied");
            leased.releaseAndDiscard();
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aLeaseThatCannotConnectFailsAsWithoutTheAgent() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        Future<AsyncClientEndpoint> lease = client.lease(new HttpHost("http", "127.0.0.1", closed), null);
        assertThatThrownBy(() -> lease.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(ConnectException.class);
    }
}
