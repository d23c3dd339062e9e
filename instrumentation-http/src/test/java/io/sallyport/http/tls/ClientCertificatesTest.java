package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.example.gullible.GullibleClients;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.TestAuthority;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that knows its callers by their certificates: at {@code verify-full} what the application's context shows stays what it was. */
@Timeout(60)
class ClientCertificatesTest {

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static HelloServer server;

    /** Each with a context of the application's, in which its key is. */
    private enum Client {
        JDK {
            @Override
            String get(URI uri, SSLContext own) throws Exception {
                return HttpClient.newBuilder()
                        .sslContext(own)
                        .build()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body();
            }
        },
        URL_CONNECTION {
            @Override
            String get(URI uri, SSLContext own) throws Exception {
                HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
                connection.setSSLSocketFactory(own.getSocketFactory());
                try (InputStream in = connection.getInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        },
        OKHTTP {
            @Override
            String get(URI uri, SSLContext own) throws Exception {
                return GullibleClients.okHttp(uri, own);
            }
        },
        APACHE_4 {
            @Override
            String get(URI uri, SSLContext own) throws Exception {
                return GullibleClients.apache4(uri, own);
            }
        },
        APACHE_5 {
            @Override
            String get(URI uri, SSLContext own) throws Exception {
                return GullibleClients.apache5(uri, own);
            }
        },
        JETTY {
            @Override
            String get(URI uri, SSLContext own) throws Exception {
                return GullibleClients.jetty(uri, own);
            }
        };

        abstract String get(URI uri, SSLContext own) throws Exception;
    }

    @BeforeAll
    static void serve() throws Exception {
        Governed.start();
        authority = TestAuthority.create("corporate");
        SSLContext context = authority.server("localhost").serverContext(authority);
        server = HelloServer.byCertificate(context);
        String roots = authority.writeTo(directory.resolve("ca.pem")).toString();
        server.demand(Level.VERIFY_FULL, roots);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void theServerIsShownTheApplicationsOwn(Client client) throws Exception {
        assertThat(client.get(server.uri(), authority.clientContext(authority.client("orders"))))
                .isEqualTo("CN=orders");
    }

    @Test
    void theServerWouldHaveSpokenToNobodyElse() throws Exception {
        SSLContext none = authority.clientContext(null);
        assertThat(catchThrowable(() -> Client.URL_CONNECTION.get(server.uri(), none)))
                .isNotNull()
                .hasMessageNotContaining("Refused by Sallyport");
    }
}
