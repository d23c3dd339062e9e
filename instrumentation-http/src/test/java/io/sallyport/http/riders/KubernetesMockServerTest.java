package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesServer;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** fabric8's client against fabric8's own mock of an API server, which keeps what it is told. */
class KubernetesMockServerTest extends GovernedTest {

    private final KubernetesServer kubernetes = new KubernetesServer(false, true);
    private KubernetesClient client;

    @BeforeEach
    void startMock() {
        kubernetes.before();
        client = kubernetes.getClient();
    }

    @AfterEach
    void stopMock() {
        kubernetes.after();
    }

    @Test
    void whatTheMockKeepsComesBackMasked() {
        Secret made = new SecretBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .addToData("password", "aHVudGVyMg==")
                .build();
        client.secrets().inNamespace("shop").resource(made).create();
        Secret read = client.secrets().inNamespace("shop").withName("db").get();
        assertThat(read.getMetadata().getName()).isEqualTo("db");
        assertThat(read.getData().get("password")).isNotNull().isNotEqualTo("aHVudGVyMg==");
        assertThat(client.secrets().inNamespace("shop").list().getItems())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.getData().get("password")).isNotEqualTo("aHVudGVyMg=="));
    }

    @Test
    void deletingANamespaceWaitsForPeopleAndIsSentOnceTheyApprove() throws Exception {
        CompletableFuture<Void> refused =
                CompletableFuture.runAsync(() -> client.namespaces().withName("shop").delete());
        Governed.APPROVER.next().refuse();
        assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("deleting-");
        int before = kubernetes.getKubernetesMockServer().getRequestCount();

        CompletableFuture<Void> approved =
                CompletableFuture.runAsync(() -> client.namespaces().withName("shop").delete());
        Governed.APPROVER.next().approve();
        approved.get(20, TimeUnit.SECONDS);
        assertThat(kubernetes.getKubernetesMockServer().getRequestCount()).isEqualTo(before + 1);
    }
}
