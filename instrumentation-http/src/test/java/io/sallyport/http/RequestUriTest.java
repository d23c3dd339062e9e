package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.HttpCommand;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestUriTest {

    @ParameterizedTest
    @CsvSource({"my_service,8080", "a b,80", "[::1,80", "x%zz,80", "m\u00fcnchen,80", "'',80", "a[b],-1", "127.0.0.1,80"
    })
    void thereIsOneForAnyHost(String host, int port) {
        assertThat(RequestUri.of("http", host, port, "/x").getRawPath()).isEqualTo("/x");
    }

    @Test
    void aHostWithAnUnderscoreIsItself() {
        URI uri = RequestUri.of("https", "my_service:8443", "/x?y");
        assertThat(uri).hasToString("https://my_service:8443/x?y");
        assertThat(RequestTarget.of(uri, "/x").url()).isEqualTo("https://my_service:8443/x");
    }

    @Test
    void thereIsOneForAnyCharacterWhereverItStands() {
        for (int c = 0; c <= 0xFFFF; c++) {
            String odd = "a" + (char) c + "b";
            assertThat(RequestUri.of("http", odd, 80, "/" + odd + "?" + odd)).isNotNull();
        }
        assertThat(RequestUri.of("no scheme", "h", 1, "/x").getRawPath()).isEqualTo("/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/denied\u0169", "/denied\u3000x", "/denied\ud83d", "/denied\u00e9"})
    void whatAClientMayWriteAsAQuestionMarkCutsThePath(String path) {
        HttpCommand command = new OutgoingRequest("GET", RequestUri.of("http", "h", 80, path), Map.of())
                .command(target -> "s", Caller.ofCurrentThread());
        assertThat(command.readings().others()).contains("/denied");
    }

    @Test
    void whatIsEscapedAlreadyIsNotCut() {
        HttpCommand command = new OutgoingRequest("GET", RequestUri.of("http", "h", 80, "/users/m%C3%BCller"), Map.of())
                .command(target -> "s", Caller.ofCurrentThread());
        assertThat(command.path()).isEqualTo("/users/m\u00fcller");
        assertThat(command.readings().others()).doesNotContain("/users/m");
    }
}
