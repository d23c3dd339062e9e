package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;

/** Elasticsearch's low-level client, over asynchronous Apache HttpClient 5. */
class ElasticsearchTest extends GovernedTest {

    @Test
    void elasticsearchsClientIsGoverned() throws Exception {
        try (Rest5Client client = Rest5Client.builder(
                        new HttpHost("https", "127.0.0.1", server.at("/").getPort()))
                .build()) {
            Response masked = client.performRequest(new Request("GET", "/masked"));
            assertThat(EntityUtils.toString(masked.getEntity())).isEqualTo(MASKED);
            assertThatThrownBy(() -> client.performRequest(new Request("GET", "/denied")))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("no-denied");

            CompletableFuture<Response> held = new CompletableFuture<>();
            client.performRequestAsync(new Request("GET", "/held"), new ResponseListener() {
                @Override
                public void onSuccess(Response response) {
                    held.complete(response);
                }

                @Override
                public void onFailure(Exception failure) {
                    held.completeExceptionally(failure);
                }
            });
            Governed.APPROVER.next().approve();
            assertThat(held.get(10, TimeUnit.SECONDS).getStatusCode()).isEqualTo(200);
            assertThat(server.seen()).containsExactly("GET /masked", "GET /held");
        }
    }
}
