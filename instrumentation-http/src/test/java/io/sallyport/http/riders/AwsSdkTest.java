package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.WireServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 by the AWS SDK for Java 2, over Apache HttpClient 4 and {@code HttpURLConnection}. A bucket is the first part of a path. */
class AwsSdkTest extends GovernedTest {

    private static final String BODY = "secret 42";

    static Stream<SdkHttpClient> clients() {
        return Stream.of(ApacheHttpClient.create(), UrlConnectionHttpClient.create());
    }

    private static S3Client s3(SdkHttpClient http, URI endpoint) {
        return S3Client.builder()
                .httpClient(http)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "not-one")))
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    /** The SDK checks what it reads against the server's checksum, where there is one. */
    @ParameterizedTest
    @MethodSource("clients")
    void anObjectIsMaskedAndPassesTheChecksOfTheSdk(SdkHttpClient http) throws Exception {
        CRC32 crc = new CRC32();
        crc.update(BODY.getBytes(StandardCharsets.UTF_8));
        long sum = crc.getValue();
        byte[] big = {(byte) (sum >> 24), (byte) (sum >> 16), (byte) (sum >> 8), (byte) sum};
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nETag: \"1\"\r\n"
                + "x-amz-checksum-crc32: " + Base64.getEncoder().encodeToString(big)
                + "\r\nConnection: close\r\n\r\n" + BODY;
        try (WireServer store = new WireServer(answer);
                S3Client s3 = s3(http, store.at(""))) {
            assertThat(s3.getObjectAsBytes(o -> o.bucket("open").key("o")).asUtf8String())
                    .isEqualTo(BODY);
            assertThat(s3.getObjectAsBytes(o -> o.bucket("masked").key("o")).asUtf8String())
                    .isEqualTo(MASKED);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRefusalReachesTheCallerAndWhatIsAdmittedIsSentOnce(SdkHttpClient http) {
        try (S3Client s3 = s3(http, server.at(""))) {
            assertThatThrownBy(() -> s3.getObjectAsBytes(o -> o.bucket("denied").key("o")))
                    .isInstanceOf(SdkClientException.class)
                    .hasStackTraceContaining("no-denied");
            assertThatThrownBy(() -> s3.putObject(o -> o.bucket("body").key("o"), RequestBody.fromString("a secret")))
                    .isInstanceOf(SdkClientException.class)
                    .hasStackTraceContaining("no-denied");
            assertThat(server.seen()).isEmpty();

            s3.putObject(o -> o.bucket("open").key("o"), RequestBody.fromString("a body"));
            assertThat(server.seen()).containsExactly("PUT /open/o");
        }
    }
}
