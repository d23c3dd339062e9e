package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers whose TLS session goes on in another connection (RFC 8446, section 2.2), where no certificate is shown. */
class ResumedCallerTest {

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @Test
    void aCertificateThatHasEndedMeanwhileAdmitsNobodyAndWhatIsOpenGoesOn() throws Exception {
        try (TestRelay relay = new TestRelay(directory, 10, now::get)) {
            SSLContext orders =
                    relay.authority().clientContext(relay.authority().client("orders"));
            long session;
            try (SSLSocket first = relay.connect("127.0.0.1", orders)) {
                assertThat(TestRelay.echoes(first)).isTrue();
                session = first.getSession().getCreationTime();
            }
            try (SSLSocket resumed = relay.connect("127.0.0.1", orders)) {
                assertThat(TestRelay.echoes(resumed)).isTrue();
                assertThat(resumed.getSession().getCreationTime()).isEqualTo(session);
                now.updateAndGet(then -> then.plus(Duration.ofDays(3)));

                try (SSLSocket late = relay.connect("127.0.0.1", orders)) {
                    assertThat(late.getSession().getCreationTime()).isEqualTo(session);
                    assertThat(TestRelay.echoes(late)).isFalse();
                }
                assertThat(TestRelay.echoes(resumed)).isTrue();
            }
            await().until(() -> relay.metrics().notAdmitted() == 1);
            assertThat(relay.carried()).isEqualTo(2);
        }
    }
}
