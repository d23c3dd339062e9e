package io.sallyport.controlplane.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.sallyport.protocol.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    @Test
    void aStackThatOverflowsIsAnsweredLikeOtherFailures() throws Exception {
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/deep", Errors.answered(request -> request.result(String.valueOf(deeper(1)))));
                    Errors.register(config.routes);
                })
                .start("127.0.0.1", 0);
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/deep"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(Wire.json().readTree(answer.body()).path("error").asText())
                    .contains("its log has the reason under incident ");
        } finally {
            server.stop();
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static long deeper(long level) {
        return level + deeper(level + 1);
    }
}
