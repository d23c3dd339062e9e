package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whom a relay with few places gives them to. Strangers connect and say nothing. */
class RelayPlacesTest {

    private static final String HERE = "127.0.0.1";

    /** See {@link Places}: the fewest that there are. */
    private static final int OF_AN_ADDRESS = 8;

    private static final int STRANGERS = 16;

    @TempDir
    Path directory;

    private final List<Socket> strangers = new ArrayList<>();
    private TestRelay relay;
    private SSLContext orders;

    @BeforeEach
    void start() throws Exception {
        relay = new TestRelay(directory, 1, InstantSource.system());
        orders = relay.authority().clientContext(relay.authority().client("orders"));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        relay.close();
    }

    @Test
    void strangersTakeNoPlaceFromACallerWithACertificate() throws Exception {
        strangers(HERE, OF_AN_ADDRESS - 1);

        try (SSLSocket caller = relay.connect(HERE, orders)) {
            assertThat(TestRelay.echoes(caller)).isTrue();
        }
    }

    @Test
    void callersTakeNoPlaceFromHandshakesAndOneThatHasNoneIsToldAfterIt() throws Exception {
        try (SSLSocket first = relay.connect(HERE, orders)) {
            assertThat(TestRelay.echoes(first)).isTrue();
            for (int i = 0; i < STRANGERS + 1; i++) {
                try (SSLSocket next = relay.connect(HERE, orders)) {
                    assertThat(TestRelay.echoes(next)).isFalse();
                }
            }
            await().until(() -> relay.metrics().open() == 1);
        }
        assertThat(relay.carried()).isEqualTo(1);
        assertThat(relay.metrics().text())
                .contains("refused_total{reason=\"over_limit\"} " + (STRANGERS + 1))
                .contains("refused_total{reason=\"handshakes_over_limit\"} 0");
    }

    @Test
    void oneStrangerTooManyFromAnAddressIsClosedAtOnceUntilAnotherHasGone() throws Exception {
        strangers(HERE, OF_AN_ADDRESS);

        assertClosedAtOnce(HERE);
        strangers.remove(0).close();
        await().until(() -> relay.metrics().open() == OF_AN_ADDRESS - 1);
        try (SSLSocket caller = relay.connect(HERE, orders)) {
            assertThat(TestRelay.echoes(caller)).isTrue();
        }
    }

    /** The whole of 127/8 is this machine on Linux alone. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void strangersOfOneAddressLeavePlacesToOthers() throws Exception {
        strangers(HERE, OF_AN_ADDRESS);

        try (SSLSocket caller = relay.connect("127.0.0.2", orders)) {
            assertThat(TestRelay.echoes(caller)).isTrue();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void strangersOfAllAddressesAreBounded() throws Exception {
        strangers(HERE, OF_AN_ADDRESS);
        strangers("127.0.0.2", STRANGERS - OF_AN_ADDRESS);

        assertClosedAtOnce("127.0.0.3");
        assertThat(relay.metrics().text()).contains("refused_total{reason=\"handshakes_over_limit\"} 1");
    }

    @Test
    void aHandshakeThatNeverBeginsEndsAfterFiveSeconds() throws Exception {
        try (Socket stranger = relay.dial(HERE)) {
            stranger.setSoTimeout(8_000);

            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> relay.metrics().notAdmitted() == 1);
    }

    private void strangers(String from, int count) throws IOException {
        int all = strangers.size() + count;
        for (int i = 0; i < count; i++) {
            strangers.add(relay.dial(from));
        }
        await().until(() -> relay.metrics().open() == all);
    }

    private void assertClosedAtOnce(String from) throws IOException {
        try (Socket late = relay.dial(from)) {
            // Before the time of a handshake is over.
            late.setSoTimeout(3_000);
            assertThat(late.getInputStream().read()).isEqualTo(-1);
        }
    }
}
