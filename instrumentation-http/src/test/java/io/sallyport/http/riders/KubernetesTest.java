package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import io.sallyport.http.contract.OverTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** fabric8's client against as much of an API server as it needs. */
class KubernetesTest extends GovernedTest {

    private static final String SECRET = "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"%s\","
            + "\"namespace\":\"shop\",\"resourceVersion\":\"7\"},\"data\":{\"password\":\"aHVudGVyMg==\"}}";

    /** In base64, as clients expect it. */
    private static final String REDACTED = "UkVEQUNURUQ=";

    private static final String POD = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web-0\"},"
            + "\"spec\":{\"containers\":[{\"name\":\"c\"}]}}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstSeen = new CountDownLatch(1);
    private HttpServer api;
    private OverTls secure;
    private KubernetesClient client;

    @BeforeEach
    void startApi() throws IOException {
        api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        api.setExecutor(threads);
        api.createContext("/", this::answer);
        api.start();
        secure = OverTls.to(api.getAddress().getPort());
        client = client(true);
    }

    private KubernetesClient client(boolean onlyHttpWatches) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(secure.at("").toString())
                        .withNamespace("shop")
                        .withRequestRetryBackoffLimit(0)
                        .withOnlyHttpWatches(onlyHttpWatches)
                        .build())
                .build();
    }

    @AfterEach
    void stopApi() throws IOException {
        firstSeen.countDown();
        client.close();
        api.stop(0);
        threads.shutdownNow();
        secure.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            // This server speaks no WebSocket.
            seen.add("UPGRADE " + exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            if (query.contains("watch=true")) {
                event(body, "first");
                await();
                event(body, "second");
            } else if (exchange.getRequestURI().getPath().contains("/pods/")) {
                body.write(POD.getBytes(StandardCharsets.UTF_8));
            } else {
                body.write(SECRET.formatted("db").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void await() {
        try {
            firstSeen.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void event(OutputStream body, String name) throws IOException {
        String event = "{\"type\":\"ADDED\",\"object\":" + SECRET.formatted(name) + "}\n";
        body.write(event.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    @Test
    void theDataOfASecretIsMasked() {
        Secret secret = client.secrets().withName("db").get();
        assertThat(secret.getMetadata().getName()).isEqualTo("db");
        assertThat(secret.getData()).containsEntry("password", REDACTED);
    }

    @Test
    void aWatchIsMaskedEventByEvent() throws Exception {
        BlockingQueue<Secret> events = new LinkedBlockingQueue<>();
        try (Watch watch = client.secrets().watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Secret secret) {
                events.add(secret);
            }

            @Override
            public void onClose(WatcherException cause) {}
        })) {
            Secret first = events.poll(20, TimeUnit.SECONDS);
            assertThat(first.getMetadata().getName()).isEqualTo("first");
            assertThat(first.getData()).containsEntry("password", REDACTED);
            // The stream goes on only now, so that what came was not held back.
            firstSeen.countDown();
            Secret second = events.poll(20, TimeUnit.SECONDS);
            assertThat(second.getMetadata().getName()).isEqualTo("second");
            assertThat(second.getData()).containsEntry("password", REDACTED);
        }
    }

    @Test
    void aWatchByWebSocketNeverLeaves() {
        try (KubernetesClient sockets = client(false);
                Watch watch = sockets.secrets().watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Secret secret) {}

                    @Override
                    public void onClose(WatcherException cause) {}
                })) {
            // A server that is asked for one has seen that by now; the client goes on trying.
            assertThat(seen).noneMatch(call -> call.startsWith("UPGRADE"));
        }
    }

    @Test
    void deletingANamespaceOrAWorkloadWaitsForPeople() throws Exception {
        for (Runnable delete : List.<Runnable>of(
                () -> client.namespaces().withName("shop").delete(),
                () -> client.apps().deployments().withName("web").delete())) {
            CompletableFuture<Void> deleted = CompletableFuture.runAsync(delete);
            Approver.Case held = Governed.APPROVER.next();
            assertThat(seen).noneMatch(call -> call.startsWith("DELETE"));
            assertThat(deleted).isNotDone();
            held.refuse();
            assertThatThrownBy(() -> deleted.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("deleting-");
        }
        assertThat(seen).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void aShellIsRefusedWhereItsApprovalDoesNotUnmask() throws Exception {
        CompletableFuture<Void> shell = CompletableFuture.runAsync(() -> shell("web-0"));
        Governed.APPROVER.next().approve();
        assertThatThrownBy(() -> shell.get(20, TimeUnit.SECONDS))
                .hasStackTraceContaining("messages of a WebSocket are not masked");
        assertThat(seen).noneMatch(call -> call.endsWith("/exec"));
    }

    @Test
    void aShellOpensOnceItsApprovalUnmasks() throws Exception {
        CompletableFuture<Void> shell = CompletableFuture.runAsync(() -> shell("web-1"));
        Governed.APPROVER.next().approveAndUnmask();
        // This server speaks no WebSocket, but was asked.
        assertThatThrownBy(() -> shell.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(seen).contains("UPGRADE /api/v1/namespaces/shop/pods/web-1/exec");
    }

    private void shell(String pod) {
        try {
            client.pods()
                    .withName(pod)
                    .inContainer("c")
                    .redirectingOutput()
                    .exec("sh")
                    .exitCode()
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
