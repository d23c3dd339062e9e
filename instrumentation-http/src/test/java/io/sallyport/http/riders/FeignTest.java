package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Feign;
import feign.Param;
import feign.RequestLine;
import feign.RetryableException;
import feign.Retryer;
import io.sallyport.http.contract.GovernedTest;
import org.junit.jupiter.api.Test;

/** Feign over its own client, which is {@code HttpURLConnection}. */
class FeignTest extends GovernedTest {

    interface Api {
        @RequestLine("GET /{path}")
        String get(@Param("path") String path);
    }

    @Test
    void feignIsGoverned() {
        Api api = Feign.builder()
                .retryer(Retryer.NEVER_RETRY)
                .target(Api.class, server.at("").toString());
        assertThat(api.get("open")).isEqualTo("secret 42");
        assertThat(api.get("masked")).isEqualTo(MASKED);
        assertThatThrownBy(() -> api.get("denied"))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /open", "GET /masked");
    }
}
