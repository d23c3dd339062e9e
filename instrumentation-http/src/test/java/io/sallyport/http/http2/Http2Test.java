package io.sallyport.http.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void aRefusedRequestNeverLeaves(Http2Client client) {
        assertThatThrownBy(() -> client.get(api.at("/denied"))).hasStackTraceContaining("no-denied");
        assertThat(api.seen()).isEmpty();
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
