package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.Watch;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.OverTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kubernetes project's own client, over OkHttp, under the product's policy for the Kubernetes API. */
class OfficialKubernetesTest extends GovernedTest {

    private static final String SECRET = "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\","
            + "\"namespace\":\"shop\"},\"data\":{\"password\":\"aHVudGVyMg==\"}}";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private OverTls secure;
    private ApiClient client;
    private CoreV1Api core;

    @BeforeEach
    void startApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.createContext("/", exchange -> {
            seen.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            boolean watch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
            String body = watch ? "{\"type\":\"ADDED\",\"object\":" + SECRET + "}\n" : SECRET;
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        secure = OverTls.to(server.getAddress().getPort());
        client = new ClientBuilder().setBasePath(secure.at("").toString()).build();
        core = new CoreV1Api(client);
    }

    @AfterEach
    void stopApi() throws IOException {
        server.stop(0);
        secure.close();
    }

    @Test
    void theDataOfASecretIsMaskedWhenItIsReadAndWhenItIsWatched() throws Exception {
        V1Secret secret = core.readNamespacedSecret("db", "shop").execute();
        assertThat(secret.getMetadata().getName()).isEqualTo("db");
        assertMasked(secret);
        try (Watch<V1Secret> watch = Watch.createWatch(
                client,
                core.listNamespacedSecret("shop").watch(true).buildCall(null),
                new com.google.gson.reflect.TypeToken<Watch.Response<V1Secret>>() {}.getType())) {
            assertMasked(watch.next().object);
        }
    }

    private static void assertMasked(V1Secret secret) {
        assertThat(new String(secret.getData().get("password"), StandardCharsets.UTF_8))
                .isEqualTo("REDACTED");
    }

    @Test
    void deletingANamespaceWaitsForPeople() throws Exception {
        CompletableFuture<Void> deleted = CompletableFuture.runAsync(() -> {
            try {
                core.deleteNamespace("shop").execute();
            } catch (ApiException e) {
                throw new IllegalStateException(e);
            }
        });
        Governed.APPROVER.next().refuse();
        assertThatThrownBy(() -> deleted.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("deleting-");
        assertThat(seen).isEmpty();
    }
}
