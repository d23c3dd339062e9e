package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.verdict.Passage;
import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When the socket level may take a connection that a client opens on a thread of its own for one of an admitted request. */
class ConnectionsTest extends GovernedTest {

    /** Another one in each test. */
    private final String host = "127.9." + ThreadLocalRandom.current().nextInt(256) + "."
            + ThreadLocalRandom.current().nextInt(1, 255);

    private final HttpCall call = new HttpCall();

    @Test
    void aRefusedRequestOpensNoDoor() {
        assertThat(call.ask(to("/denied"))).isCompletedExceptionally();
        assertThat(mayConnect()).isFalse();
    }

    /** However long that took. */
    @Test
    void aHeldRequestMayConnectOnceItIsApproved() throws Exception {
        OutgoingRequest held = to("/held");
        CompletableFuture<Passage> admission = call.ask(held);
        Approver.Case asked = Governed.APPROVER.next();
        assertThat(mayConnect()).isFalse();
        asked.approve();
        call.admitted(held, admission.get(10, TimeUnit.SECONDS));
        assertThat(mayConnect()).isTrue();
    }

    @Test
    void anAdmittedRequestMayConnect() {
        assertThat(call.ask(to("/open"))).isNull();
        assertThat(mayConnect()).isTrue();
    }

    private OutgoingRequest to(String path) {
        return new OutgoingRequest("GET", URI.create("http://" + host + path), Map.of());
    }

    private boolean mayConnect() {
        return Governed.places().isKnown(new Endpoint(host, 80));
    }
}
