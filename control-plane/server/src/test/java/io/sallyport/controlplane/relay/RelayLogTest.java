package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.testing.IssuedCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is said of callers that are not admitted: that they came, from where and why not; nothing of what they sent. */
class RelayLogTest {

    private static final String CANARY = "canary-4111";

    @TempDir
    Path directory;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.sallyport");
    private final Level before = ours.getLevel();
    private final Said said = new Said();
    private TestRelay relay;

    @BeforeEach
    void start() throws Exception {
        ours.setLevel(Level.INFO);
        said.start();
        root.addAppender(said);
        relay = new TestRelay(directory, 10, InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        root.detachAppender(said);
        ours.setLevel(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x?token=" + CANARY + " HTTP/1.1\r\nAuthorization: Bearer " + CANARY + "\r\n\r\n",
                "\0\0\0\u0029\0\u0003\0\0user\0" + CANARY + "\0database\0app\0\0\0",
                "\u0016\u0003\u0003\0\u000b" + CANARY,
                "\u0016\u0003\u0001\0\u000f\u0001\0\0\u000b" + CANARY
            })
    void nothingThatACallerSentIsLogged(String sent) throws Exception {
        String from;
        try (Socket caller = relay.dial("127.0.0.1")) {
            from = "127.0.0.1:" + caller.getLocalPort();
            caller.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            caller.shutdownOutput();
            await().until(() -> relay.metrics().notAdmitted() == 1);
        }
        await().untilAsserted(() ->
                assertThat(said.text()).contains("was not admitted: it").contains(from));

        relay.close();
        assertThat(said.text().toLowerCase(Locale.ROOT))
                .doesNotContain(CANARY)
                .doesNotContain(HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void whatIsWrongWithACertificateIsToldWithoutItsName() throws Exception {
        IssuedCertificate expired = relay.authority().expiredClient(CANARY);
        try (SSLSocket caller = relay.connect("127.0.0.1", relay.authority().clientContext(expired))) {
            await().until(() -> relay.metrics().notAdmitted() == 1);
        }
        await().untilAsserted(() -> assertThat(said.text()).contains("its certificate has expired"));

        relay.close();
        assertThat(said.text()).doesNotContain(CANARY);
    }

    /** Everything that was logged in this process meanwhile, exceptions included. */
    private static final class Said extends ListAppender<ILoggingEvent> {

        Said() {
            list = new CopyOnWriteArrayList<>();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (ILoggingEvent event : List.copyOf(list)) {
                text.append(event.getFormattedMessage()).append('\n');
                for (IThrowableProxy at = event.getThrowableProxy(); at != null; at = at.getCause()) {
                    text.append(at.getMessage()).append('\n');
                }
            }
            return text.toString();
        }
    }
}
