package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.configuration.Configuration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks for much and does not read it takes nobody else's time. */
class SlowReadersTest {

    private static final int OF_ONE_ADDRESS = 16;

    /** Together more than the sockets of both sides keep between them. */
    private static final int EVENTS = 5;

    private static final String PAGE = "/api/v1/events?limit=" + EVENTS;

    private final StandingClock clock = new StandingClock();
    private final List<RawConnection> readers = new ArrayList<>();
    private Running server;

    @BeforeEach
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock, Configuration.NONE);
        LongStatements.record(server, clock.instant(), EVENTS);
    }

    @AfterEach
    void stop() throws Exception {
        for (RawConnection reader : readers) {
            reader.close();
        }
        server.close();
    }

    /** Asks for much and reads the first line of the answer. */
    private int ask(SSLSocketFactory sockets) throws IOException {
        RawConnection reader = RawConnection.takingLittle(server, sockets);
        readers.add(reader);
        reader.send("GET " + PAGE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + server.secret("admin-token") + "\r\n\r\n");
        return reader.status();
    }

    @Test
    void someOfOneAddressAreWaitedForFurtherOnesAreRefusedAndTheSlowestMakeRoom() throws Exception {
        SSLSocketFactory sockets = RawConnection.sockets(server);
        for (int i = 0; i < OF_ONE_ADDRESS; i++) {
            assertThat(ask(sockets)).isEqualTo(200);
        }
        assertThat(ask(sockets)).isEqualTo(429);

        Api.Answer refused = server.admin().get(PAGE);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("error").asText()).contains("large answers");
        server.anyone().get("/healthz").expect(200);

        clock.forward(Duration.ofSeconds(31));
        assertThat(server.admin().get(PAGE).expect(200).toString()).contains("x".repeat(LongStatements.CHARACTERS));
    }
}
