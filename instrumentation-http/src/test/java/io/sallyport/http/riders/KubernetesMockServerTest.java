package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.OverTls;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** fabric8's client against fabric8's own mock of an API server, which keeps what it is told. */
class KubernetesMockServerTest extends GovernedTest {

    private final KubernetesMockServer kubernetes = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private KubernetesClient client;
    private OverTls secure;

    @BeforeEach
    void startMock() throws IOException {
        kubernetes.init(InetAddress.getLoopbackAddress(), 0);
        secure = OverTls.to(kubernetes.getPort());
        String here = secure.at("").toString();
        client = kubernetes.createClient(built -> built.editOrNewConfig()
                .withMasterUrl(here)
                .withRequestRetryBackoffLimit(0)
                .endConfig());
    }

    @AfterEach
    void stopMock() throws IOException {
        client.close();
        kubernetes.destroy();
        secure.close();
    }

    @Test
    void whatTheMockKeepsComesBackMasked() throws Exception {
        Secret made = new SecretBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .addToData("password", "aHVudGVyMg==")
                .build();
        CompletableFuture<Secret> creating = CompletableFuture.supplyAsync(
                () -> client.secrets().inNamespace("shop").resource(made).create());
        Governed.APPROVER.next().approve();
        creating.get(20, TimeUnit.SECONDS);
        Secret read = client.secrets().inNamespace("shop").withName("db").get();
        assertThat(read.getMetadata().getName()).isEqualTo("db");
        assertThat(read.getData().get("password")).isEqualTo("UkVEQUNURUQ=");
        assertThat(client.secrets().inNamespace("shop").list().getItems())
                .singleElement()
                .satisfies(one -> assertThat(one.getData()).containsEntry("password", "UkVEQUNURUQ="));
    }

    @Test
    void deletingANamespaceWaitsForPeopleAndIsSentOnceTheyApprove() throws Exception {
        CompletableFuture<Void> refused = CompletableFuture.runAsync(
                () -> client.namespaces().withName("shop").delete());
        Governed.APPROVER.next().refuse();
        assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("deleting-");
        int before = kubernetes.getRequestCount();

        CompletableFuture<Void> approved = CompletableFuture.runAsync(
                () -> client.namespaces().withName("shop").delete());
        Governed.APPROVER.next().approve();
        approved.get(20, TimeUnit.SECONDS);
        assertThat(kubernetes.getRequestCount()).isEqualTo(before + 1);
    }
}
