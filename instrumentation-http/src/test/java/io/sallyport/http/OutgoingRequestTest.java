package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingRequestTest {

    private static OutgoingRequest post(String uri, String field, String value) {
        return new OutgoingRequest("POST", URI.create(uri), Map.of(field, List.of(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/x,x_http_method_override",
        "http://a/x,x-http-method_override",
        "http://a/x,x-method-override",
        "http://a/x?_method=DELETE%20,accept",
        "http://a/x?_method=+delete;a=b,accept",
    })
    void aMethodIsNamedInAnySpellingOfItsField(String uri, String field) {
        OutgoingRequest request = post(uri, field, "DELETE");
        assertThat(request.readings()).containsExactly(new Overrides.Reading("DELETE", request.query(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/denied", "/y, /denied", "//h/denied", "http://h/denied?a", "denied"})
    void aPathIsNamedInAnySpellingOfItsField(String value) {
        for (String field : List.of("x-original-url", "x_original_url", "x-rewrite_url")) {
            assertThat(post("http://a/x", field, value)
                            .command(target -> "s", Caller.ofCurrentThread())
                            .readings()
                            .others())
                    .contains("/denied");
        }
    }

    @Test
    void theQueryOfANamedPathIsOneToo() {
        assertThat(post("http://a/x?b=2", "x_original_url", "/q?admin=1").readings())
                .containsExactly(new Overrides.Reading("POST", "admin=1", null));
        assertThat(post("http://a/x?b=2", "x-original-url", "/q").readings()).isEmpty();
    }

    @Test
    void anotherHostIsReadWithEachMethod() {
        Map<String, List<String>> fields =
                Map.of("x-forwarded-host", List.of("a, b.example, ,no host"), "x-http-method", List.of("PUT"));
        assertThat(new OutgoingRequest("POST", URI.create("http://a/x"), fields).readings())
                .containsExactlyInAnyOrder(
                        new Overrides.Reading("PUT", "", null),
                        new Overrides.Reading("POST", "", "b.example"),
                        new Overrides.Reading("PUT", "", "b.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "internal.example:000080",
                "internal.example:http",
                "internal.example:80:80",
                "internal.example/",
                "internal.example:80/x",
                "internal.example,x",
                "http://internal.example",
                "internal example",
                "internal.example\\x"
            })
    void whatIsNoHostIsSaidToBeNone(String value) {
        assertThat(HostField.namesNoHost(URI.create("http://a/x"), List.of(value)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "users_internal:80",
                "me@users.internal:8080",
                "users.internal.:",
                "[::1]:81",
                "[fe80::1%25e0]"
            })
    void aHostIsOne(String value) {
        assertThat(HostField.namesNoHost(URI.create("http://a/x"), List.of(value)))
                .isFalse();
    }
}
