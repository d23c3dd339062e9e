package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

class SpringTest extends GovernedTest {

    static Stream<ClientHttpRequestFactory> factories() {
        return Stream.of(
                new JdkClientHttpRequestFactory(),
                new SimpleClientHttpRequestFactory(),
                new HttpComponentsClientHttpRequestFactory(),
                new JettyClientHttpRequestFactory(),
                new ReactorClientHttpRequestFactory());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void restClientIsGovernedOverEachOfItsFactories(ClientHttpRequestFactory factory) {
        RestClient client = RestClient.builder()
                .requestFactory(factory)
                .baseUrl(server.at("").toString())
                .build();
        assertThat(client.get().uri("/masked").retrieve().body(String.class)).isEqualTo(MASKED);
        assertThatThrownBy(() -> client.get().uri("/denied").retrieve().body(String.class))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @ParameterizedTest
    @MethodSource("factories")
    void restTemplateIsGovernedOverEachOfThem(ClientHttpRequestFactory factory) {
        RestTemplate template = new RestTemplate(factory);
        assertThat(template.getForObject(server.at("/masked"), String.class)).isEqualTo(MASKED);
        assertThatThrownBy(() -> template.getForObject(server.at("/denied"), String.class))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("no-denied");
        assertThat(template.postForObject(server.at("/open?echo"), "a body", String.class))
                .isEqualTo("a body");
        assertThat(server.seen()).containsExactly("GET /masked", "POST /open?echo");
    }

    @Test
    void webClientIsGoverned() throws Exception {
        WebClient client = WebClient.create(server.at("").toString());
        assertThat(client.get()
                        .uri("/masked")
                        .retrieve()
                        .bodyToMono(String.class)
                        .block())
                .isEqualTo(MASKED);
        assertThatThrownBy(() -> client.get()
                        .uri("/denied")
                        .retrieve()
                        .bodyToMono(String.class)
                        .block())
                .isInstanceOf(WebClientRequestException.class)
                .hasMessageContaining("no-denied");
        CompletableFuture<String> held = client.post()
                .uri("/held?echo")
                .header("X-Late", "1")
                .bodyValue("a body")
                .retrieve()
                .bodyToMono(String.class)
                .toFuture();
        Governed.APPROVER.next().approve();
        assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("GET /masked", "POST /held?echo");
    }
}
