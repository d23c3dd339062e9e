package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.record.Event;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.client.HttpClient;

/** The body of a request that is streamed arrives as it was written, and its beginning is in the full record. */
class SentStreamTest extends GovernedTest {

    private static final String TEXT = StreamingClient.FIRST + StreamingClient.SECOND;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void aStreamIsRecordedAsItIsWritten(StreamingClient client) throws Exception {
        Governed.record(RecordLevel.FULL);
        assertThat(client.post(server.at("/open?echo"))).isEqualTo(TEXT);
        assertRecorded(TEXT);
    }

    /** The client reads it, or the system copies it from the disk to the socket. */
    @Test
    void aFileIsRecordedByItsLengthAtLeast() throws Exception {
        Path file = Files.writeString(directory.resolve("body"), TEXT);
        Governed.record(RecordLevel.FULL);
        assertThat(HttpClient.create()
                        .post()
                        .uri(server.at("/open?echo"))
                        .send((request, out) -> out.sendFile(file))
                        .responseSingle((response, answer) -> answer.asString())
                        .block(Duration.ofSeconds(20)))
                .isEqualTo(TEXT);
        assertThat(Governed.RECORDED)
                .filteredOn(event -> event.type() == Event.Type.RESULT)
                .extracting(Event::values)
                .singleElement()
                .isIn(TEXT, "<" + TEXT.length() + " bytes>");
    }

    private static void assertRecorded(String body) {
        assertThat(Governed.RECORDED)
                .filteredOn(event -> event.type() == Event.Type.RESULT)
                .extracting(Event::values)
                .containsExactly(body);
    }
}
