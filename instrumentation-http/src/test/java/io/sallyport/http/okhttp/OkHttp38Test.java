package io.sallyport.http.okhttp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.HttpClientContract.Request;
import io.sallyport.http.contract.OtherVersion;
import io.sallyport.http.contract.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A version whose chains do not tell which call a request belongs to: what the advice asks for is not there. */
class OkHttp38Test {

    @BeforeAll
    static void govern() {
        Governed.start();
    }

    @Test
    void isRefusedInItsCallersOwnTypeAndSendsNothing() throws Exception {
        TestClient client = OtherVersion.of("okhttp-3.8.1", OkHttpTestClient.class);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://localhost:" + server.getLocalPort() + "/");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> client.call(new Request("GET", uri, Map.of(), ""), null))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("Refused by Sallyport")
                        .hasMessageContaining("version of the library");
            }
            server.setSoTimeout(50);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
