package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.testing.TestAuthority;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay whose name service does not answer. */
@Timeout(60)
class SlowNameServiceTest {

    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path directory;

    /** The first question is answered at once, all others when the test says so. */
    private InetAddress[] lookup(String host) throws UnknownHostException {
        if (asked.incrementAndGet() > 1) {
            try {
                answers.await();
            } catch (InterruptedException closing) {
                throw new UnknownHostException(host);
            }
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void openConnectionsGoOnWhileItIsAskedForNewOnes() throws Exception {
        int loops = 2 * Runtime.getRuntime().availableProcessors();
        List<SSLSocket> waiting = new ArrayList<>();
        try (TestRelay relay = new TestRelay(directory, "target.internal", this::lookup)) {
            TestAuthority authority = relay.authority();
            SSLContext context = authority.clientContext(authority.client("orders"));
            try (SSLSocket open = relay.connect("127.0.0.1", context)) {
                assertThat(TestRelay.echoes(open)).isTrue();
                for (int i = 0; i < loops; i++) {
                    waiting.add(relay.connect("127.0.0.1", context));
                }
                await().until(() -> asked.get() > 1);

                assertThat(TestRelay.echoes(open)).isTrue();
                answers.countDown();
                for (SSLSocket next : waiting) {
                    assertThat(TestRelay.echoes(next)).isTrue();
                }
            }
        } finally {
            answers.countDown();
            for (SSLSocket socket : waiting) {
                socket.close();
            }
        }
    }
}
